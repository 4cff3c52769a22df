"""Calling the next number (domain.md §3.7; peers.md §8 items 11 and 12)."""

from uuid import UUID

from django.db import transaction

from apps.windows import permissions, rules
from apps.windows.errors import NotOpen, StillServing
from apps.windows.models import Queue, Ticket, Window
from apps.windows.rules import STAFFED, Line, TicketState, TicketStep
from apps.windows.services import steps
from apps.windows.services.steps import Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound

_HELD = (
    "SELECT id, number FROM windows_ticket WHERE window_id = %s AND state IN ('called', 'serving')"
)
_LOCKED_QUEUES = "SELECT * FROM windows_queue WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_FIRST_WAITING = (
    "SELECT DISTINCT ON (queue_id, priority) * FROM windows_ticket"
    " WHERE queue_id = ANY(%s) AND day = %s AND state = 'waiting'"
    " ORDER BY queue_id, priority, ordinal"
)


@transaction.atomic
def call_next(*, window_id: UUID, by: Actor) -> Stepped | None:
    """Call the next waiting number of today to this window, or None when nobody waits.

    The window's queues are asked in their order; inside a queue the oldest number goes first,
    with one priority call of every three. The queues' rows are held until the commit, so that
    windows calling at once get different tickets, in this very order, and none is passed over.
    Raises NotFound, NotYourWindow, NotOpen, StillServing.
    """
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id)
    permissions.require_clerk_of(by, window)
    _require_free(window)
    ticket = _next_ticket(window)
    return None if ticket is None else _call(window, ticket, by)


@transaction.atomic
def call_ticket(*, window_id: UUID, ticket_id: UUID, by: Actor) -> Stepped:
    """Call one ticket out of turn, under the same locks; it counts as its queue's turn.

    Raises as `call_next` does; StepNotAllowed for a ticket that no longer waits, Invalid for one
    of another day or of a queue this window does not serve, ImpossibleTime.
    """
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id)
    permissions.require_clerk_of(by, window)
    _require_free(window)
    ticket = _waiting_ticket(window, ticket_id)
    _count_turn(ticket.queue, ticket.priority)
    return _call(window, ticket, by)


def _waiting_ticket(window: Window, ticket_id: UUID) -> Ticket:
    """The ticket as it is now that its queue's row is locked."""
    queue_id = Ticket.objects.filter(id=ticket_id).values_list("queue_id", flat=True).first()
    if queue_id is None:
        raise NotFound
    if queue_id not in window.queue_ids:
        raise Invalid(errors={"ticket": ["other_queue"]})
    queue = next(iter(Queue.objects.raw(_LOCKED_QUEUES, [[queue_id]])))
    ticket = Ticket.objects.get(id=ticket_id)
    rules.after(TicketState(ticket.state), TicketStep.CALL)
    if ticket.day != clock.today():
        raise Invalid(errors={"ticket": ["other_day"]})
    ticket.queue = queue
    return ticket


def _call(window: Window, ticket: Ticket, by: Actor) -> Stepped:
    ticket.called_at = steps.step(ticket, TicketStep.CALL, ticket.taken_at)
    ticket.window, ticket.calls = window, 1
    steps.save(window, ticket, ["called_at", "window", "calls"])
    return steps.tell("called", window, ticket, by, steps.ANNOUNCED)


def _require_free(window: Window) -> None:
    if window.state not in STAFFED:
        raise NotOpen(state=window.state)
    for held in Ticket.objects.raw(_HELD, [window.id]):
        raise StillServing(number=held.number)


def _next_ticket(window: Window) -> Ticket | None:
    """The ticket the policy chooses, its queue's row locked and its turn counted."""
    wanted = Queue.objects.raw(_LOCKED_QUEUES, [window.queue_ids])
    queues = {queue.id: queue for queue in wanted}
    heads = _heads(window.queue_ids)
    for queue_id in window.queue_ids:
        queue = queues[queue_id]
        line = Line((queue_id, True) in heads, (queue_id, False) in heads, queue.ordinary_in_a_row)
        priority = rules.priority_is_next(line)
        if priority is not None:
            _count_turn(queue, priority)
            ticket = heads[queue_id, priority]
            ticket.queue = queue
            return ticket
    return None


def _heads(queue_ids: list[UUID]) -> dict[tuple[UUID, bool], Ticket]:
    """The oldest waiting ticket of today by queue and priority."""
    first = Ticket.objects.raw(_FIRST_WAITING, [queue_ids, clock.today()])
    return {(ticket.queue_id, ticket.priority): ticket for ticket in first}


def _count_turn(queue: Queue, priority: bool) -> None:
    in_a_row = rules.in_a_row_after(queue.ordinary_in_a_row, priority)
    if in_a_row != queue.ordinary_in_a_row:
        queue.ordinary_in_a_row = in_a_row
        queue.save(update_fields=["ordinary_in_a_row"])
