"""The stays of a visit before the present one: where, how they ended, how long they took."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from apps.windows.models import Ticket


class Ended(StrEnum):
    MISSED = "missed"
    TRANSFERRED = "transferred"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Leg:
    """One stay: `window_id` is empty for a wait that ended in another queue without a call."""

    how: Ended
    at: str
    queue: str
    window_id: str
    window: str
    waited: int
    served: int


def end(ticket: Ticket, how: Ended, at: datetime) -> None:
    """Close the present stay; the ticket stands free of any window, its times kept in a leg.

    A number that was missed did not wait and was not served.
    """
    waited = served = 0
    if how is not Ended.MISSED and ticket.called_at is not None:
        waited = max(_between(ticket.waits_from, ticket.called_at), 0)
        served = _between(ticket.started_at, at)
    window = ticket.window
    leg = Leg(
        how,
        at.isoformat(),
        ticket.queue.prefix,
        str(window.id) if window else "",
        window.number if window else "",
        waited,
        served,
    )
    ticket.legs = [*ticket.legs, asdict(leg)]
    ticket.waited_before += waited
    ticket.served_before += served
    ticket.window = None
    ticket.called_at = ticket.started_at = ticket.missed_at = None
    ticket.calls, ticket.turn_before = 0, None


def _between(start: datetime | None, end: datetime) -> int:
    return int((end - start).total_seconds()) if start else 0
