"""What may still be done with a ticket, and until when: the hall's parameters applied to it."""

from datetime import datetime, timedelta

from apps.windows import parameters
from apps.windows.models import Ticket
from apps.windows.rules import TicketState
from bancheng.kernel import clock


def return_until(ticket: Ticket) -> datetime | None:
    """Until when a missed number may come back; None when it may not."""
    if ticket.state != TicketState.MISSED or ticket.returns or ticket.missed_at is None:
        return None
    until = ticket.missed_at + timedelta(minutes=parameters.number("windows.return_minutes"))
    return until if until > clock.now() and ticket.waits_on == clock.today() else None


def undo_until(ticket: Ticket) -> datetime | None:
    """Until when a call may be taken back; None when it may not."""
    if ticket.state != TicketState.CALLED or ticket.called_at is None:
        return None
    until = ticket.called_at + timedelta(seconds=parameters.number("windows.undo_seconds"))
    return until if until > clock.now() else None


def miss_offered(ticket: Ticket) -> bool:
    """Called so often without an answer that the window is offered to let it go."""
    called = ticket.state == TicketState.CALLED
    return called and ticket.calls >= parameters.number("windows.calls_before_missed")
