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
    if ticket is None:
        return None
    ticket.called_at = steps.step(ticket, TicketStep.CALL, ticket.taken_at)
    ticket.window, ticket.calls = window, 1
    steps.save(window, ticket, ["called_at", "window", "calls"])
    return steps.tell("called", window, ticket, by, steps.ANNOUNCED)


def _require_free(window: Window) -> None:
    if window.state not in STAFFED:
        raise NotOpen(state=window.state)
    held = steps.ticket_at(window)
    if held is not None:
        raise StillServing(number=held.number)


def _next_ticket(window: Window) -> Ticket | None:
    """The ticket the policy chooses, its queue's row locked and its turn counted."""
    wanted = Queue.objects.select_for_update().filter(id__in=window.queue_ids).order_by("pk")
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
    waiting = Ticket.objects.filter(
        queue_id__in=queue_ids, day=clock.today(), state=TicketState.WAITING
    )
    first = waiting.order_by("queue_id", "priority", "ordinal").distinct("queue_id", "priority")
    return {(ticket.queue_id, ticket.priority): ticket for ticket in first}


def _count_turn(queue: Queue, priority: bool) -> None:
    in_a_row = rules.in_a_row_after(queue.ordinary_in_a_row, priority)
    if in_a_row != queue.ordinary_in_a_row:
        queue.ordinary_in_a_row = in_a_row
        queue.save(update_fields=["ordinary_in_a_row"])
