"""Taking back a wrong call, ending a service that hangs, marking a tense moment."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from apps.windows import lining, parameters, permissions
from apps.windows.errors import TooLateToUndo
from apps.windows.rules import TicketState, TicketStep
from apps.windows.services import steps
from apps.windows.services.steps import Moved, Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

BY_LEAD = "ended_by_lead"


@transaction.atomic
def undo(*, window_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """Take a call back: the number stands where it stood, the announcement is withdrawn and the
    turn it took is given back, unless others have been called meanwhile.

    Within a few seconds and before the service began; raises NotFound, Stale, NotYourWindow,
    NoTicket, StepNotAllowed, TooLateToUndo.
    """
    window = steps.own_window(window_id, version, by)
    ticket = steps.required_ticket_at(window)
    queue = steps.locked_queues([ticket.queue_id])[0]
    seconds, called = parameters.number("windows.undo_seconds"), ticket.called_at
    steps.step(ticket, TicketStep.UNDO, called or ticket.taken_at)
    if called is None or clock.now() - called > timedelta(seconds=seconds):
        raise TooLateToUndo(seconds=seconds)
    every = parameters.number("windows.priority_every")
    before = ticket.turn_before
    if before is not None:
        after = lining.in_a_row_after(before, ticket.priority, every)
        if queue.ordinary_in_a_row == after:
            steps.count_turn(queue, before)
    ticket.window, ticket.called_at, ticket.calls, ticket.turn_before = None, None, 0, None
    steps.save(window, ticket, ["window", "called_at", "calls", "turn_before"])
    return steps.tell("withdrawn", window, ticket, by, steps.ANNOUNCED)


@transaction.atomic
def end_service(*, window_id: UUID, reason: str, by: Actor, version: int | None = None) -> Stepped:
    """The shift lead ends what hangs at a window: who is served is finished, who was called and
    never came is missed. Raises NotFound, Stale, NoTicket, Forbidden."""
    permissions.require(by, "windows.manage")
    window = steps.locked_window(window_id, version)
    ticket = steps.required_ticket_at(window)
    if ticket.state == TicketState.SERVING:
        began = ticket.started_at or ticket.taken_at
        ticket.finished_at = steps.step(ticket, TicketStep.FINISH, began)
    else:
        missed = steps.step(ticket, TicketStep.MISS, ticket.called_at or ticket.taken_at)
        ticket.missed_at = missed
    ticket.outcome, ticket.note = BY_LEAD, reason
    steps.save(window, ticket, ["finished_at", "missed_at", "outcome", "note"])
    return steps.tell("ended", window, ticket, by)


@transaction.atomic
def mark_tension(
    *, ticket_id: UUID, tension: bool, by: Actor, note: str = "", version: int | None = None
) -> Moved:
    """Flag that somebody is upset, so that whoever is next takes a second officer or a quiet room
    (C-88). It is in no figure and on no public page. Raises NotFound, Stale."""
    permissions.require(by, "tickets.take")
    ticket = steps.locked_ticket(ticket_id, version)
    ticket.tension, ticket.note = tension, note or ticket.note
    ticket.version += 1
    ticket.save(update_fields=["tension", "note", "version"])
    return steps.tell_ticket("flagged", ticket, by)
