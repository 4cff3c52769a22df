"""Calling the next number (domain.md §3.7; peers.md §8 items 11 and 12)."""

from uuid import UUID

from django.db import transaction

from apps.windows import lining, parameters, permissions, rules
from apps.windows.errors import NotOpen, StillServing
from apps.windows.lining import Lane
from apps.windows.models import Ticket, Window
from apps.windows.rules import STAFFED, TicketState, TicketStep
from apps.windows.services import steps, upkeep
from apps.windows.services.steps import Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

_HELD = (
    "SELECT id, number FROM windows_ticket WHERE window_id = %s AND state IN ('called', 'serving')"
)
# The first of the ordinary and of the priority tickets of each queue, and the few that are called
# apart: appointments, and those who were sent to this window or to this clerk.
_CANDIDATES = (
    "(SELECT DISTINCT ON (queue_id, priority) * FROM windows_ticket"
    " WHERE queue_id = ANY(%s) AND waits_on = %s AND state = 'waiting'"
    " AND slot_start IS NULL AND for_window_id IS NULL AND for_post IS NULL"
    " ORDER BY queue_id, priority, place, since, id)"
    " UNION ALL SELECT * FROM windows_ticket WHERE waits_on = %s AND state = 'waiting'"
    " AND (slot_start IS NOT NULL OR for_window_id IS NOT NULL OR for_post IS NOT NULL)"
    " AND (for_window_id = %s OR for_post = %s"
    " OR (for_window_id IS NULL AND for_post IS NULL AND queue_id = ANY(%s)))"
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
    if ticket is None and _carried(window):
        ticket = _next_ticket(window)
    return None if ticket is None else _call(window, ticket, by)


def _carried(window: Window) -> bool:
    """Nobody of today waits: people of yesterday may, where a queue is carried over."""
    return sum(upkeep.carry(queue) for queue in steps.locked_queues(window.queue_ids)) > 0


@transaction.atomic
def call_ticket(
    *, window_id: UUID, ticket_id: UUID, by: Actor, version: int | None = None
) -> Stepped:
    """Call one ticket out of turn, under the same locks; it counts as its queue's turn.

    Raises as `call_next` does; StepNotAllowed for a ticket that no longer waits, Invalid for one
    of another day or of a queue this window does not serve, ImpossibleTime.
    """
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id, version)
    permissions.require_clerk_of(by, window)
    _require_free(window)
    ticket = _waiting_ticket(window, ticket_id)
    _count_turn(ticket)
    return _call(window, ticket, by)


def _waiting_ticket(window: Window, ticket_id: UUID) -> Ticket:
    """The ticket as it is now that its queue's row is locked."""
    ticket = steps.locked_ticket(ticket_id)
    rules.after(TicketState(ticket.state), TicketStep.CALL)
    sent = ticket.for_window_id is not None or ticket.for_post is not None
    mine = _sent_here(window, ticket) if sent else ticket.queue_id in window.queue_ids
    if not mine:
        raise Invalid(errors={"ticket": ["other_queue"]})
    if ticket.waits_on != clock.today():
        raise Invalid(errors={"ticket": ["other_day"]})
    return ticket


def _sent_here(window: Window, ticket: Ticket) -> bool:
    """Transferred to this window, or to the clerk who opened it."""
    to_window = ticket.for_window_id is not None and ticket.for_window_id == window.id
    return to_window or (ticket.for_post is not None and ticket.for_post == window.clerk_id)


def _call(window: Window, ticket: Ticket, by: Actor) -> Stepped:
    ticket.called_at = steps.step(ticket, TicketStep.CALL, ticket.taken_at)
    ticket.window, ticket.calls = window, 1
    steps.save(window, ticket, ["called_at", "window", "calls", "turn_before"])
    return steps.tell("called", window, ticket, by, steps.ANNOUNCED)


def _require_free(window: Window) -> None:
    if window.state not in STAFFED:
        raise NotOpen(state=window.state)
    for held in Ticket.objects.raw(_HELD, [window.id]):
        raise StillServing(number=held.number)


def _next_ticket(window: Window) -> Ticket | None:
    """The ticket the policy chooses, its queue's row locked and its turn counted.

    Whom a colleague sent to this window or this clerk comes first: they have waited before.
    """
    queues = {queue.id: queue for queue in steps.locked_queues(window.queue_ids)}
    sent, heads = _candidates(window)
    for ticket in sent:
        held = steps.held_ticket(ticket.id)
        if held is not None and held.state == TicketState.WAITING and _sent_here(window, held):
            held.turn_before = None
            return held
    now, every = clock.now(), parameters.number("windows.priority_every")
    for queue_id in window.queue_ids:
        queue = queues[queue_id]
        mine = [ticket for ticket in heads if ticket.queue_id == queue_id]
        order = lining.in_order(mine, queue.ordinary_in_a_row, now, every)
        if order:
            order[0].queue = queue
            _count_turn(order[0])
            return order[0]
    return None


def _candidates(window: Window) -> tuple[list[Ticket], list[Ticket]]:
    """Whom this window or clerk was sent, longest waiting first; and the heads of the queues."""
    today, queue_ids = clock.today(), window.queue_ids
    values = [queue_ids, today, today, window.id, window.clerk_id, queue_ids]
    found = list(Ticket.objects.raw(_CANDIDATES, values))
    sent = [ticket for ticket in found if ticket.for_window_id or ticket.for_post]
    sent.sort(key=lambda ticket: (ticket.since, ticket.id))
    return sent, [t for t in found if not (t.for_window_id or t.for_post)]


def _count_turn(ticket: Ticket) -> None:
    """Count the call for the interleaving; what it was is kept for taking the call back."""
    queue = ticket.queue
    ticket.turn_before = None
    if ticket.slot_start is not None and lining.lane_of(ticket, clock.now()) >= Lane.DUE:
        return
    every = parameters.number("windows.priority_every")
    in_a_row = lining.in_a_row_after(queue.ordinary_in_a_row, ticket.priority, every)
    if in_a_row != queue.ordinary_in_a_row:
        ticket.turn_before = queue.ordinary_in_a_row
        steps.count_turn(queue, in_a_row)
