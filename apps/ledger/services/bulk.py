"""The same act on many cases, each by the service of its own and in a transaction of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.cases.services import handing_over
from apps.ledger.services import marking
from apps.oversight.services import urging
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to each: `text` is the letter, the reason or the remark, `to_post` who is asked
    to answer for it."""

    name: str
    text: str = ""
    to_post: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One case as it was seen."""

    case_id: UUID
    version: int


def act_on(wanted: Wanted, act: Act, by: Actor) -> Any:
    """Do it to one case; the case. Raises whatever its own service raises, and Invalid for an act
    without what it needs."""
    return _ACTS[act.name](wanted, act, by)


def _urge(wanted: Wanted, act: Act, by: Actor) -> Any:
    text = _needed(act)
    return urging.urge(case_id=wanted.case_id, version=wanted.version, text=text, by=by)


def _hand_over(wanted: Wanted, act: Act, by: Actor) -> Any:
    if act.to_post is None:
        raise Invalid(errors={"to_post": ["required"]})
    return handing_over.offer(
        case_id=wanted.case_id,
        version=wanted.version,
        to_post=act.to_post,
        reason=_needed(act),
        by=by,
    )


def _archive(wanted: Wanted, act: Act, by: Actor) -> Any:
    return marking.archive(case_id=wanted.case_id, version=wanted.version, shelf=act.text, by=by)


def _remark(wanted: Wanted, act: Act, by: Actor) -> Any:
    return marking.remark(case_id=wanted.case_id, version=wanted.version, text=_needed(act), by=by)


def _needed(act: Act) -> str:
    if not act.text.strip():
        raise Invalid(errors={"text": ["required"]})
    return act.text


_ACTS: Mapping[str, Callable[[Wanted, Act, Actor], Any]] = {
    "urge": _urge,
    "hand_over": _hand_over,
    "archive": _archive,
    "remark": _remark,
}
ACTS = tuple(_ACTS)
