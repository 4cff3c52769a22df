"""What those who watch over clocks read of the hall's cases; sealed files are not among them.

Rows cross to the app of oversight as frozen values: it never touches a case's tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from apps.cases import permissions
from apps.cases.accountability import limits
from apps.cases.models import CaseEvent, Deadline
from apps.cases.rules import Stage, State, Urgency
from bancheng.kernel.actor import Actor

_AT_ONCE = timedelta(seconds=5)
PASSIVE = frozenset(
    {
        "reveal",
        "ledger.remarked",
        "oversight.urge",
        "oversight.supervision",
        "oversight.rectify",
        "oversight.rejected",
        "oversight.closed",
        "paper.issued",
        "paper.void",
    }
)
"""Lines that move nothing: looking and asking are no action on a case (C-90)."""
ELSEWHERE = frozenset({State.CLOSED, State.REFERRED})
"""Nobody of this hall has the next step."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A clock with what its cards say about it.

    The owner is a unit, or without id the desk; `person` is the post that answers for it there.
    """

    id: UUID
    case_id: UUID
    number: str
    stage: str
    item: UUID | None
    rule: str
    started_at: datetime
    owned_at: datetime
    due_at: datetime
    due_on: date
    owner: UUID | None
    owner_name: str
    done_at: datetime | None
    reopened: int
    handler_post: UUID | None
    handler_name: str
    handler_unit: UUID | None
    first_responder: UUID | None
    first_responder_name: str

    @property
    def redone_at(self) -> datetime | None:
        """When a second re-do of the whole matter began, for the clock that it began with."""
        again = self.stage == Stage.RESOLVE and limits.opened_out(self.reopened)
        fresh = abs(self.owned_at - self.started_at) < _AT_ONCE
        return self.owned_at if again and fresh else None

    @property
    def person(self) -> UUID | None:
        """The handler where the unit owns the clock, the first responder (C-61) at the desk."""
        if self.owner is None:
            return self.first_responder
        return self.handler_post if self.handler_unit == self.owner else None

    @property
    def person_name(self) -> str:
        """The name of `person` at that time."""
        if self.owner is None:
            return self.first_responder_name
        return self.handler_name if self.handler_unit == self.owner else ""


_COLUMNS = (
    "id",
    "case_id",
    "case__number",
    "stage",
    "item",
    "rule",
    "started_at",
    "owned_at",
    "due_at",
    "due_on",
    "owner",
    "owner_name",
    "done_at",
    "case__reopen_count",
    "case__handler_post",
    "case__handler_name",
    "case__handler_unit",
    "case__first_responder_post",
    "case__first_responder_name",
)


def running(until: datetime) -> list[Watched]:
    """The running clocks that are due before `until`; what is paused does not run."""
    rows = Deadline.objects.filter(ended="", due_at__lt=until)
    again = Deadline.objects.filter(
        ended="", stage=Stage.RESOLVE, case__reopen_count__gte=max(1, limits.reopenings())
    )
    return _watched(rows | again)


def ended_since(at: datetime) -> list[Watched]:
    """The clocks that stopped at or after `at`: done, dropped with a hand-over, or paused."""
    touched = CaseEvent.objects.filter(at__gte=at).values("case_id")
    return _watched(Deadline.objects.filter(case_id__in=touched, done_at__gte=at).exclude(ended=""))


def still_running(deadline_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these clocks that have not ended for good."""
    rows = Deadline.objects.filter(id__in=list(deadline_ids), ended__in=("", "paused"))
    return set(rows.values_list("id", flat=True))


def _watched(rows: QuerySet[Deadline, Deadline]) -> list[Watched]:
    return [Watched(*row) for row in rows.order_by("due_at", "id").values_list(*_COLUMNS)]


@dataclass(frozen=True, slots=True)
class Standstill:
    """An open case and its last action: what was done last, when, and who has the next step."""

    case_id: UUID
    number: str
    seq: int
    since: datetime
    unit: UUID | None
    unit_name: str
    handler_post: UUID | None
    handler_unit: UUID | None
    first_responder: UUID | None

    @property
    def recorded_only(self) -> bool:
        """Registered, and nothing since (C-43)."""
        return self.seq == 1

    @property
    def person(self) -> UUID | None:
        if self.unit is None:
            return self.first_responder
        return self.handler_post if self.handler_unit == self.unit else None


_CASE = (
    "id",
    "number",
    "lead_unit",
    "lead_unit_name",
    "handler_post",
    "handler_unit",
    "first_responder_post",
)


def standing_still(before: datetime) -> list[Standstill]:
    """Open cases without an action since `before`. Not those whose clocks are paused, nor those
    that are with another hall: there is nothing that anybody here should have done."""
    moved = ~Q(events__kind__in=PASSIVE)
    rows = (
        _open()
        .annotate(moved_seq=Max("events__seq", filter=moved))
        .annotate(moved_at=Max("events__at", filter=moved))
        .filter(moved_at__lt=before)
        .order_by("moved_at", "id")
    )
    return [
        Standstill(row[0], row[1], row[7], row[8], *row[2:7])
        for row in rows.values_list(*_CASE, "moved_seq", "moved_at")
    ]


def urgent_on_the_desk(before: datetime) -> list[Standstill]:
    """Urgent cases registered before that moment that have no result yet (C-30)."""
    rows = _open().filter(
        urgency=Urgency.URGENT, registered_at__lt=before, delivered_at__isnull=True
    )
    found = rows.order_by("registered_at", "id").values_list(*_CASE, "registered_at")
    return [Standstill(row[0], row[1], 1, row[7], *row[2:7]) for row in found]


def _open() -> QuerySet[Any, Any]:
    paused = Deadline.objects.filter(ended="paused").values("case_id")
    rows = permissions.open_to_the_hall().exclude(state__in=ELSEWHERE)
    return rows.exclude(id__in=paused)


def last_of_kind(case_id: UUID, kind: str) -> datetime | None:
    """When such a line was last written into a case."""
    rows = CaseEvent.objects.filter(case_id=case_id, kind=kind).order_by("-seq")
    return rows.values_list("at", flat=True).first()


def lift(deadline_id: UUID, *, lifted: bool = True) -> None:
    """Say that the card of a clock's lateness does not count (M-30)."""
    Deadline.objects.filter(id=deadline_id).update(lifted=lifted)


def cases_seen(case_ids: Iterable[UUID], by: Actor) -> dict[UUID, dict[str, Any]]:
    """Number, title and state of those of these cases that the actor may see."""
    rows = permissions.visible_to(by).filter(id__in=set(case_ids)).order_by("id")
    fields = ("id", "number", "title", "state", "version", "supervised")
    return {row["id"]: dict(row) for row in rows.values(*fields)}
