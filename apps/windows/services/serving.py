"""From the call to the end of the service. Wait, walk and service times come from these steps."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.windows import permissions
from apps.windows.errors import StepNotAllowed
from apps.windows.models import Ticket, Window
from apps.windows.rules import TicketState, TicketStep
from apps.windows.services import steps, warnings
from apps.windows.services.steps import Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


@transaction.atomic
def recall(*, window_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """Announce the called number again; the wait still ends with the first call.

    This and the other steps here raise NotFound, Stale, NotYourWindow, NoTicket, StepNotAllowed
    and ImpossibleTime.
    """
    window, ticket = _at(window_id, version, by)
    steps.step(ticket, TicketStep.RECALL, ticket.called_at or ticket.taken_at)
    ticket.calls += 1
    steps.save(window, ticket, ["calls"])
    return steps.tell("recalled", window, ticket, by, steps.ANNOUNCED)


@transaction.atomic
def start(*, window_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """The person stands at the window: the walk ends, the service begins."""
    window, ticket = _at(window_id, version, by)
    ticket.started_at = steps.step(ticket, TicketStep.START, ticket.called_at or ticket.taken_at)
    steps.save(window, ticket, ["started_at"])
    return steps.tell("started", window, ticket, by)


@transaction.atomic
def finish(
    *,
    window_id: UUID,
    by: Actor,
    outcome: str = "",
    item_code: str = "",
    version: int | None = None,
) -> Stepped:
    """The service is over and the window is free for the next call; what was done and how it
    ended is kept beside the matters before it."""
    window, ticket = _at(window_id, version, by)
    at = steps.step(ticket, TicketStep.FINISH, ticket.started_at or ticket.taken_at)
    ticket.finished_at, ticket.outcome = at, outcome
    if item_code or ticket.matters:
        ticket.matters = [*ticket.matters, matter(item_code, outcome, at)]
    steps.save(window, ticket, ["finished_at", "outcome", "matters"])
    if outcome == warnings.NOT_DONE:
        warnings.look_for_rejections(item_code)
    return steps.tell("finished", window, ticket, by)


@transaction.atomic
def miss(*, window_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """Nobody came: the number is over (过号) and the window is free."""
    window, ticket = _at(window_id, version, by)
    at = steps.step(ticket, TicketStep.MISS, ticket.called_at or ticket.taken_at)
    ticket.missed_at = at
    steps.save(window, ticket, ["missed_at"])
    warnings.look_for_abandonment(ticket)
    return steps.tell("missed", window, ticket, by)


@transaction.atomic
def next_matter(
    *,
    window_id: UUID,
    by: Actor,
    outcome: str,
    item_code: str = "",
    version: int | None = None,
) -> Stepped:
    """One matter is done and the same person goes on with another: one visit, one service."""
    window, ticket = _at(window_id, version, by)
    if ticket.state != TicketState.SERVING:
        raise StepNotAllowed(state=ticket.state, step="next_matter")
    ticket.matters = [*ticket.matters, matter(item_code, outcome, clock.now())]
    ticket.version += 1
    steps.save(window, ticket, ["matters"])
    if outcome == warnings.NOT_DONE:
        warnings.look_for_rejections(item_code)
    return steps.tell("matter_done", window, ticket, by)


def matter(item_code: str, outcome: str, at: datetime) -> dict[str, str]:
    """A matter of a visit as it is kept."""
    return {"item_code": item_code, "outcome": outcome, "at": at.isoformat()}


def _at(window_id: UUID, version: int | None, by: Actor) -> tuple[Window, Ticket]:
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id, version)
    permissions.require_clerk_of(by, window)
    return window, steps.required_ticket_at(window)
