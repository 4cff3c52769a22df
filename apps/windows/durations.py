"""How long somebody waited, walked and was served, told from the moments of a number (M-03, M-05).

Asked of a whole ticket, and of the few columns that the day's figures read of thousands."""

from datetime import datetime
from typing import Protocol

from apps.windows.rules import Channel


class Moments(Protocol):
    """What must be known of a number."""

    @property
    def channel(self) -> str: ...
    @property
    def waits_from(self) -> datetime | None: ...
    @property
    def called_at(self) -> datetime | None: ...
    @property
    def started_at(self) -> datetime | None: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def waited_before(self) -> int: ...
    @property
    def served_before(self) -> int: ...


def waited(ticket: Moments) -> int | None:
    """All its waiting until the last call (M-03): earlier waits that ended at a window, and
    the present one. An appointment waits from its slot's start; who was called before that
    did not wait, and nobody waited for a walk-in."""
    if ticket.called_at is None:
        return None
    if ticket.channel == Channel.WALK_IN and not (ticket.waits_from or ticket.waited_before):
        return None
    now = _seconds(ticket.waits_from, ticket.called_at) or 0
    return ticket.waited_before + max(now, 0)


def walked(ticket: Moments) -> int | None:
    """From the first call of this stay to standing at the window."""
    return _seconds(ticket.called_at, ticket.started_at)


def served(ticket: Moments) -> int | None:
    """All its time at windows, once the last stay is over (M-05)."""
    last = _seconds(ticket.started_at, ticket.finished_at)
    return None if last is None else ticket.served_before + last


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None
