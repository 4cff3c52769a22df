"""In what order a list can be read: the allow-list, each a chain of parts with an index of its own.

A part holds the rows for which its sort fields are known, so that no null is ever compared: what
has no due date or is not closed comes last, newest first, whichever way the rest runs. The last
field of every part is unique.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter

from apps.cases.rules import State, Urgency
from bancheng.kernel.errors import Invalid

NEWEST = ("-registered_at", "-id")
_ALL = Q()


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that satisfy `when`, in `order`."""

    order: tuple[str, ...]
    when: Q = _ALL


@dataclass(frozen=True, slots=True)
class Sort:
    """Parts one after the other; together they hold every case once. All have as many fields."""

    name: str
    parts: tuple[Part, ...]


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
    known = Part((f"{sign}closed_at", f"{sign}id"), closed & Q(closed_at__isnull=False))
    return (known, Part(NEWEST, ~closed))


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
