"""Taking over days that happened before: from another system, or invented for a demonstration."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.windows import permissions
from apps.windows.models import Queue, Ticket, Window, WindowSpan
from apps.windows.rules import PriorityReason, TicketState, WindowState
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A number that was taken on an earlier day. Called without start: it was missed."""

    queue_id: UUID
    taken_at: datetime
    window_id: UUID | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    priority_reason: PriorityReason | None = None


@dataclass(frozen=True, slots=True)
class PastSpan:
    """A window's time in one state on an earlier day."""

    window_id: UUID
    started_at: datetime
    ended_at: datetime
    state: WindowState = WindowState.OPEN


@transaction.atomic
def record_past(*, tickets: Iterable[PastTicket], spans: Iterable[PastSpan] = (), by: Actor) -> int:
    """Store finished days in bulk, numbered per queue and day in the order given; the number of
    tickets. One audit entry, no live events. Days that already have numbers go on counting.

    Raises Invalid for anything of today or later; impossible times are refused by the database.
    """
    permissions.require(by, "windows.set_up")
    given = list(tickets)
    days = {clock.day_of(ticket.taken_at) for ticket in given}
    if days and max(days) >= clock.today():
        raise Invalid(errors={"taken_at": ["not_past"]})
    _hold_in_order(given)
    prefixes = dict(Queue.objects.values_list("id", "prefix"))
    used = _numbers_used(days)
    made = Ticket.objects.bulk_create(
        (_ticket(past, prefixes, used) for past in given), batch_size=1000
    )
    WindowSpan.objects.bulk_create(
        WindowSpan(
            window_id=s.window_id, state=s.state, started_at=s.started_at, ended_at=s.ended_at
        )
        for s in spans
    )
    detail = {"tickets": len(made), "days": len(days)}
    audit.record("windows.past_recorded", subject="hall", subject_id=None, by=by, detail=detail)
    return len(made)


def _hold_in_order(given: list[PastTicket]) -> None:
    """Windows, then queues, as every other write takes them: the foreign keys of the rows to come
    would take them in the order of the tickets, and meet a window that is calling."""
    windows = {ticket.window_id for ticket in given if ticket.window_id}
    queues = {ticket.queue_id for ticket in given}
    for model, wanted in ((Window, windows), (Queue, queues)):
        held = model._default_manager.select_for_update(no_key=True).filter(id__in=wanted)
        list(held.order_by("id").values_list("id"))


def _numbers_used(days: Iterable[date]) -> Counter[tuple[UUID, date]]:
    taken = Ticket.objects.filter(day__in=list(days)).order_by("ordinal")
    return Counter(
        {
            (queue, day): last
            for queue, day, last in taken.values_list("series_id", "day", "ordinal")
        }
    )


def _ticket(
    past: PastTicket, prefixes: dict[UUID, str], used: Counter[tuple[UUID, date]]
) -> Ticket:
    day = clock.day_of(past.taken_at)
    used[past.queue_id, day] += 1
    ordinal = used[past.queue_id, day]
    return Ticket(
        queue_id=past.queue_id,
        series_id=past.queue_id,
        day=day,
        waits_on=day,
        ordinal=ordinal,
        place=ordinal,
        number=f"{prefixes[past.queue_id]}{ordinal:03d}",
        state=_state(past),
        priority=past.priority_reason is not None,
        priority_reason=past.priority_reason or "",
        window_id=past.window_id,
        calls=1 if past.called_at else 0,
        taken_at=past.taken_at,
        since=past.taken_at,
        waits_from=past.taken_at,
        called_at=past.called_at,
        started_at=past.started_at,
        finished_at=past.finished_at,
    )


def _state(past: PastTicket) -> TicketState:
    if past.called_at is None:
        return TicketState.WAITING
    return TicketState.FINISHED if past.started_at else TicketState.MISSED
