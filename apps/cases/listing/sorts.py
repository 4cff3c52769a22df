"""In what order a list can be read: the allow-list, each a chain of parts with an index of its own.

A part holds the rows for which its sort fields are known, so that no null is ever compared: what
has no due date or is not closed comes last, newest first, whichever way the rest runs. The last
field of every part is unique.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter

from apps.cases.listing.wanted import ALWAYS, Wanted
from apps.cases.rules import State, Urgency
from bancheng.kernel.errors import Invalid

NEWEST = ("-registered_at", "-id")
_ALL = Q()
_FEW_DAYS = 31


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that satisfy `when`, in `order`; `closed` when all of them are, or none is."""

    order: tuple[str, ...]
    when: Q = _ALL
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """Parts one after the other; together they hold every case once. All have as many fields.

    `gathered`: what fits is few, so it is fetched by its filter and sorted, not met on a walk
    along the order."""

    name: str
    parts: tuple[Part, ...]
    gathered: bool = False


def _by_number(sign: str) -> tuple[Part, ...]:
    return (Part((f"{sign}number",)),)


def _by_registration(sign: str) -> tuple[Part, ...]:
    return (Part((f"{sign}registered_at", f"{sign}id")),)


def _by_due_date(sign: str) -> tuple[Part, ...]:
    known = Part((f"{sign}due_at", f"{sign}id"), Q(due_at__isnull=False))
    return (known, Part(NEWEST, Q(due_at__isnull=True)))


def _by_end(sign: str) -> tuple[Part, ...]:
    """What is closed has its end (constraint `case_closed_with_outcome`)."""
    closed = Q(state=State.CLOSED)
    fields = (f"{sign}closed_at", f"{sign}id")
    known = Part(fields, closed & Q(closed_at__isnull=False), closed=True)
    return (known, Part(NEWEST, ~closed, closed=False))


def _by_urgency(sign: str) -> tuple[Part, ...]:
    urgent, others = Q(urgency=Urgency.URGENT), ~Q(urgency=Urgency.URGENT)
    parts = (Part(NEWEST, urgent), Part(NEWEST, others))
    return parts if sign else parts[::-1]


_WAYS = {
    "registered_at": _by_registration,
    "due_at": _by_due_date,
    "closed_at": _by_end,
    "number": _by_number,
    "urgency": _by_urgency,
}
SORTS: Mapping[str, Sort] = {
    f"{sign}{name}": Sort(f"{sign}{name}", parts(sign))
    for name, parts in _WAYS.items()
    for sign in ("", "-")
}
DEFAULT = SORTS["-registered_at"]
OPENAPI = OpenApiParameter("sort", str, enum=list(SORTS), description='"-" is descending')


def of(name: str) -> Sort:
    """The order of that name, newest first without one; raises Invalid."""
    found = SORTS.get(name) if name else DEFAULT
    if found is None:
        raise Invalid(errors={"sort": ["unknown"]})
    return found


def suited(sort: Sort, wanted: Wanted) -> Sort:
    """The order as it is read for these filters: without parts that can hold nothing, gathered
    where few rows fit. The planner knows how many fit but not that they lie together: it would
    walk from the newest case to a week of last year."""
    parts = tuple(part for part in sort.parts if _possible(part, wanted))
    return replace(sort, parts=parts or sort.parts[:1], gathered=_few(sort, wanted))


def _possible(part: Part, wanted: Wanted) -> bool:
    if part.closed is None or not wanted.states:
        return True
    return any((state == State.CLOSED) is part.closed for state in wanted.states)


def _few(sort: Sort, wanted: Wanted) -> bool:
    """Something narrow is asked for, and it is not what the list is sorted by. Only open cases are
    due, and the oldest numbers are closed."""
    narrow = set()
    if wanted.registered.days <= _FEW_DAYS:
        narrow.add("registered_at")
    if wanted.closed.days <= _FEW_DAYS:
        narrow.add("closed_at")
    if wanted.due or wanted.due_on != ALWAYS:
        narrow.add("due_at")
    if sort.name == "number" and wanted.states and State.CLOSED not in wanted.states:
        narrow.add("state")
    return bool(narrow) and sort.name.lstrip("-") not in narrow
