"""What may happen to a number besides being called and served: it comes back, goes elsewhere, is
set aside, gives up; somebody comes without one. The wait so far is never lost."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from apps.staff import queries as staff
from apps.windows import legs, lining, parameters, permissions
from apps.windows.errors import NotOpen, ReturnedAlready, ReturnTooLate, StillServing
from apps.windows.legs import Ended
from apps.windows.models import Ticket, Window
from apps.windows.rules import AT_WINDOW, STAFFED, Channel, TicketState, TicketStep
from apps.windows.services import numbers, steps, warnings
from apps.windows.services.steps import Moved, Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, Stale

_STANDING = (
    *("state", "version", "queue", "place", "since", "waits_from", "window", "called_at"),
    *("started_at", "missed_at", "calls", "turn_before", "legs", "waited_before"),
    *("served_before", "returns", "for_window", "for_post", "slot_start", "slot_end", "note"),
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a ticket is sent: exactly one of a queue, a window, a person's post."""

    queue: UUID | None = None
    window: UUID | None = None
    post: UUID | None = None


@transaction.atomic
def return_missed(*, ticket_id: UUID, by: Actor, version: int | None = None) -> Moved:
    """A missed number comes back: once, within 30 minutes, behind three people (domain.md §3.7,
    all three the hall's to decide). The new wait counts from now.

    Raises NotFound, Stale, StepNotAllowed, ReturnTooLate, ReturnedAlready.
    """
    permissions.require_kiosk(by)
    return _return(steps.locked_ticket(ticket_id, version), by)


def _return(ticket: Ticket, by: Actor) -> Moved:
    minutes, now = parameters.number("windows.return_minutes"), clock.now()
    missed_at = ticket.missed_at or now
    at = steps.step(ticket, TicketStep.RETURN, missed_at)
    if ticket.returns:
        raise ReturnedAlready
    if now - missed_at > timedelta(minutes=minutes) or ticket.waits_on != clock.today():
        raise ReturnTooLate(minutes=minutes)
    every = parameters.number("windows.priority_every")
    order = lining.in_order(_waiting(ticket), ticket.queue.ordinary_in_a_row, now, every)
    ticket.place = lining.place_after(
        order,
        parameters.number("windows.return_after"),
        priority=ticket.priority,
        at=now,
        last=_last_place(ticket),
    )
    legs.end(ticket, Ended.MISSED, at)
    ticket.since = ticket.waits_from = at
    ticket.returns, ticket.slot_start, ticket.slot_end = 1, None, None
    ticket.save(update_fields=_STANDING)
    return steps.tell_ticket("returned", ticket, by)


def _waiting(ticket: Ticket) -> list[Ticket]:
    """Everybody in the queue of a locked ticket whom any of its windows may call."""
    return list(
        Ticket.objects.filter(
            queue=ticket.queue,
            waits_on=clock.today(),
            state=TicketState.WAITING,
            for_window=None,
            for_post=None,
        )
    )


def _last_place(ticket: Ticket) -> int:
    """Behind everybody: the newest number and whoever stands further back."""
    mine = Q(queue=ticket.queue, waits_on=clock.today()) | Q(series=ticket.queue, day=clock.today())
    return Ticket.objects.filter(mine).aggregate(last=Max("place"))["last"] or 0


@transaction.atomic
def transfer(
    *, ticket_id: UUID, to: Destination, by: Actor, note: str = "", version: int | None = None
) -> Moved:
    """Send a waiting, called or served person on, without a new number. In another queue they
    stand where somebody stands who came when they came; at a window or with a person they are
    called before that window's queues.

    Raises NotFound, Stale, NotYourWindow, StepNotAllowed, and Invalid for a destination that is
    unknown, where they are already, or not exactly one.
    """
    permissions.require(by, "windows.serve")
    window = _locked_window_of(ticket_id)
    also = {to.queue} if to.queue else set()
    ticket = steps.locked_ticket(ticket_id, version, also)
    at_window = ticket.state in AT_WINDOW
    if at_window:
        if window is None or ticket.window_id != window.id:
            raise Stale(current=ticket.version)
        permissions.require_clerk_or_lead(by, window)
        ticket.window = window
    at = steps.step(ticket, TicketStep.TRANSFER, ticket.started_at or ticket.taken_at)
    if at_window:
        legs.end(ticket, Ended.TRANSFERRED, at)
        ticket.waits_from = at
    _send(ticket, to)
    ticket.note = note
    ticket.save(update_fields=_STANDING)
    if window is not None and at_window:
        steps.touch(window)
    return steps.tell_ticket("transferred", ticket, by, window if at_window else None)


def _locked_window_of(ticket_id: UUID) -> Window | None:
    """The window where the ticket stands, locked first as every step at a window does."""
    held = Ticket.objects.filter(id=ticket_id, state__in=AT_WINDOW)
    window_id = held.values_list("window_id", flat=True).first()
    return steps.locked_window(window_id) if window_id else None


def _send(ticket: Ticket, to: Destination) -> None:
    if sum(place is not None for place in (to.queue, to.window, to.post)) != 1:
        raise Invalid(errors={"to": ["exactly_one"]})
    ticket.for_window_id, ticket.for_post = to.window, to.post
    if to.queue is not None:
        _stand_by_arrival(ticket, to.queue)
    elif to.window is not None and not Window.objects.filter(id=to.window).exists():
        raise Invalid(errors={"window": ["unknown"]})
    elif to.post is not None and staff.actor_of_post(to.post) is None:
        raise Invalid(errors={"post": ["unknown"]})


def _stand_by_arrival(ticket: Ticket, queue_id: UUID) -> None:
    """Behind the last number of that queue that was taken before this one's waiting began."""
    queue = next(iter(steps.locked_queues([queue_id])), None)
    if queue is None:
        raise Invalid(errors={"queue": ["unknown"]})
    if queue.id == ticket.queue_id and ticket.state == TicketState.WAITING and not ticket.legs:
        raise Invalid(errors={"queue": ["same"]})
    before = Ticket.objects.filter(series=queue, day=clock.today(), taken_at__lte=ticket.since)
    ticket.place = before.aggregate(last=Max("ordinal"))["last"] or 0
    ticket.queue = queue
    ticket.slot_start = ticket.slot_end = None


@transaction.atomic
def leave(*, ticket_id: UUID, by: Actor, version: int | None = None) -> Moved:
    """The person gave up waiting, or did not come back: the number is over, the window free.

    Raises NotFound, Stale, StepNotAllowed.
    """
    permissions.require(by, "tickets.take")
    return _leave(steps.locked_ticket(ticket_id, version), by)


def _leave(ticket: Ticket, by: Actor) -> Moved:
    steps.step(ticket, TicketStep.LEAVE, ticket.taken_at)
    ticket.save(update_fields=["state", "version"])
    warnings.look_for_abandonment(ticket)
    return steps.tell_ticket("left", ticket, by)


@transaction.atomic
def give_back(*, code: str, by: Actor) -> Moved:
    """The holder gives the number back on its position page. Raises NotFound, StepNotAllowed."""
    return _leave(steps.ticket_by_code(code), by)


@transaction.atomic
def return_by_code(*, code: str, by: Actor) -> Moved:
    """A missed number comes back at the kiosk with its printed code. Raises as return_missed."""
    permissions.require_kiosk(by)
    return _return(steps.ticket_by_code(code), by)


@transaction.atomic
def park(*, window_id: UUID, by: Actor, note: str = "", version: int | None = None) -> Stepped:
    """Set the person aside, to fill in or fetch something: the window calls on, and the time they
    are away is neither wait nor service."""
    window = steps.own_window(window_id, version, by)
    ticket = steps.required_ticket_at(window)
    at = steps.step(ticket, TicketStep.PARK, ticket.started_at or ticket.taken_at)
    called = ticket.called_at
    legs.end(ticket, Ended.PARKED, at)
    ticket.window, ticket.called_at, ticket.waits_from = window, called, None
    ticket.note = note
    ticket.save(update_fields=_STANDING)
    steps.touch(window)
    return steps.tell("parked", window, ticket, by)


@transaction.atomic
def resume(*, window_id: UUID, ticket_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """Somebody who was set aside is served on, at this or another free window, without a number.

    Raises NotFound, Stale, NotYourWindow, NotOpen, StillServing, StepNotAllowed.
    """
    window = _free_window(window_id, version, by)
    ticket = steps.locked_ticket(ticket_id)
    at = steps.step(ticket, TicketStep.RESUME, ticket.called_at or ticket.taken_at)
    ticket.window, ticket.called_at, ticket.started_at = window, at, at
    ticket.save(update_fields=_STANDING)
    steps.touch(window)
    return steps.tell("resumed", window, ticket, by)


@transaction.atomic
def walk_in(*, window_id: UUID, queue_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """Serve somebody who has no number: one is counted for the figures, nobody waited.

    Raises NotFound, Stale, NotYourWindow, NotOpen, StillServing, Invalid for an unknown queue.
    """
    window = _free_window(window_id, version, by)
    ticket = numbers.issue(numbers.locked_queue(queue_id), channel=Channel.WALK_IN)
    ticket.state, ticket.window = TicketState.SERVING, window
    ticket.called_at = ticket.started_at = ticket.taken_at
    ticket.waits_from, ticket.calls = None, 1
    ticket.save(update_fields=_STANDING)
    steps.touch(window)
    return steps.tell("walked_in", window, ticket, by)


def _free_window(window_id: UUID, version: int | None, by: Actor) -> Window:
    window = steps.own_window(window_id, version, by)
    if window.state not in STAFFED:
        raise NotOpen(state=window.state)
    held = steps.ticket_at(window)
    if held is not None:
        raise StillServing(number=held.number)
    return window
