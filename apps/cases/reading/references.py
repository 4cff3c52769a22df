"""What other apps show of cases and of the clocks of their own pieces of work.

Nobody is asked here who looks: the caller has scoped its own rows. Sealed files are never found.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.cases.models import Case, Deadline
from apps.cases.rules import State
from apps.cases.timekeeping.cards import Clock, card_of, minutes_left
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case by what it is called."""

    id: UUID
    number: str
    title: str
    open: bool
    lead_unit: UUID | None


def cases(case_ids: Iterable[UUID]) -> dict[UUID, CaseRef]:
    """The cases of these ids that are not sealed."""
    rows = Case.objects.filter(id__in=set(case_ids)).order_by("id")
    found = rows.values_list("id", "number", "title", "state", "lead_unit")
    return {
        case_id: CaseRef(case_id, number, title, state != State.CLOSED, lead)
        for case_id, number, title, state, lead in found
    }


def clocks_of(items: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """The running clock of each piece of work, in the shape of the API; the earliest of several."""
    if not items:
        return {}
    rows = Deadline.objects.filter(item__in=items, ended="").order_by("-due_at", "id")
    now, timing = clock.now(), calendar.timekeeping()
    found: dict[UUID, dict[str, Any]] = {}
    for item, *row in rows.values_list("item", *Clock.__slots__):
        one = Clock(*row)
        if item is not None:
            found[item] = {
                "id": one.id,
                "stage": one.stage,
                "started_at": one.started_at,
                "due_at": one.due_at,
                "due_on": one.due_on,
                "card": card_of(one, now, timing).word,
                "provisional": one.provisional,
                "remaining_minutes": minutes_left(one, now, timing),
            }
    return found


def items_due(stage: str, before: datetime) -> list[tuple[UUID, datetime]]:
    """The pieces of work with a running clock of this stage that is due before a moment."""
    rows = Deadline.objects.filter(stage=stage, ended="", item__isnull=False, due_at__lt=before)
    found = rows.order_by("due_at", "id").values_list("item", "due_at")
    return [(item, due_at) for item, due_at in found if item is not None]


def kept_in_time(stage: str, first: date, last: date) -> tuple[int, int]:
    """Of the clocks of pieces of work due within these days: how many were due, and how many of
    them were done in time. One that still runs counts once it is late."""
    rows = Deadline.objects.filter(stage=stage, item__isnull=False, due_on__range=(first, last))
    now, due, in_time = clock.now(), 0, 0
    for due_at, ended, done_at in rows.values_list("due_at", "ended", "done_at"):
        if ended == "done" or (not ended and now > due_at):
            due += 1
            in_time += ended == "done" and done_at is not None and done_at <= due_at
    return due, in_time


def running_days(case_id: UUID) -> dict[str, date]:
    """By stage, the day on which each running clock of the case itself is due."""
    rows = Deadline.objects.filter(case_id=case_id, ended="", item=None).order_by("due_at", "id")
    return dict(rows.values_list("stage", "due_on"))
