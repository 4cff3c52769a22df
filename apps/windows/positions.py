"""A holder's place in line, for the public page behind the printed code. No name, no phone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.windows import offers, outlooks, persons
from apps.windows.models import Queue, Ticket
from apps.windows.rules import AT_WINDOW, TicketState
from bancheng.kernel import clock, names
from bancheng.kernel.errors import NotFound
from bancheng.services.live import log as live

_KEPT_MOST = 512
_FRESH_SECONDS = 20
_kept: dict[str, tuple[int, datetime, dict[UUID, outlooks.Outlook]]] = {}


@dataclass(frozen=True, slots=True)
class Position:
    """`ahead` and `minutes` while waiting, `window` once called, `return_until` while a missed
    number may still come back."""

    ticket: Ticket
    ahead: int | None
    minutes: tuple[int, int] | None
    window: str | None
    return_until: datetime | None


def position(code: str) -> Position:
    """The place of a code's number; raises NotFound, also for a number of an earlier day."""
    found = (
        Ticket.objects.select_related("queue", "window", "for_window")
        .filter(code=persons.normal_code(code), waits_on=clock.today())
        .first()
    )
    if found is None:
        raise NotFound
    return of(found)


def of(ticket: Ticket) -> Position:
    """The place of a number of today."""
    outlook = None
    if ticket.state == TicketState.WAITING:
        alone = ticket.for_window_id is not None or ticket.for_post is not None
        outlook = outlooks.Outlook(0, None) if alone else _line(ticket.queue).get(ticket.id)
    at_window = ticket.window if ticket.state in AT_WINDOW else ticket.for_window
    return Position(
        ticket,
        outlook.ahead if outlook else None,
        outlook.minutes if outlook else None,
        at_window.number if at_window else None,
        offers.return_until(ticket),
    )


def _line(queue: Queue) -> dict[UUID, outlooks.Outlook]:
    """Everybody's outlook in a queue, reckoned anew after every event of the hall's queues and
    every few seconds, once for all who look."""
    head, now = live.heads(["queue"])["queue"], clock.now()
    key = names.cache_key("line", queue.id)
    known = _kept.get(key)
    if known is not None and known[0] == head:
        age = (now - known[1]).total_seconds()
        if 0 <= age < _FRESH_SECONDS:
            return known[2]
    if len(_kept) >= _KEPT_MOST:
        _kept.clear()
    found = outlooks.line(queue).everybody()
    _kept[key] = (head, now, found)
    return found


def forget() -> None:
    """Drop what is remembered: between tests."""
    _kept.clear()
