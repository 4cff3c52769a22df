"""What a step finds, kept while it can be taken back: the case's columns and its clocks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.cases import way_back
from apps.cases.accountability import limits
from apps.cases.models import Case, Deadline
from apps.cases.services.clocks import CHANGING
from apps.drafts.queries import Found
from apps.drafts.services import remembering as drafts
from bancheng.kernel.actor import Actor

MOVING = frozenset({"id", "version", "last_seq", "state"})
"""What goes on counting, and what the rules decide."""
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """A locked case before its step, in plain values."""

    state: str
    columns: Plain
    clocks: list[Plain] = field(default_factory=list)


def look(case: Case) -> Before:
    """The case as it is now, before the caller changes it. All its clocks, ended ones too."""
    names = ("id", *CHANGING)
    rows = Deadline.objects.filter(case=case).order_by("id").values_list(*names)
    clocks = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
    return Before(case.state, _columns(case), clocks)


def keep(case: Case, before: Before, step: str, by: Actor, *, at: datetime) -> None:
    """Remember what the step has changed, when a person took it and the hall allows the undo.

    Call it after `move`, in the same transaction.
    """
    if by.post_id is None or not limits.undo_seconds():
        return
    now = _columns(case)
    changed = {name: value for name, value in before.columns.items() if now[name] != value}
    kept = {"state": before.state, "columns": changed, "clocks": before.clocks}
    found = Found(step, by.post_id, at, case.version, kept)
    drafts.remember(case.id, found)
    way_back.know(case, found)


def _columns(case: Case) -> Plain:
    fields = [one for one in Case._meta.concrete_fields if one.attname not in MOVING]
    return {one.attname: plain(one.value_from_object(case)) for one in fields}


def plain(value: Any) -> Any:
    """As JSON keeps it, moments to the microsecond."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else value
