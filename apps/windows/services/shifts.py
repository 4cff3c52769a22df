"""Opening, pausing and closing windows; the spans behind the staffed minutes of M-01."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Greatest

from apps.windows import permissions
from apps.windows.errors import ImpossibleTime, StillServing, Taken
from apps.windows.models import Ticket, Window, WindowSpan
from apps.windows.rules import (
    RESTING,
    STAFFED,
    TicketState,
    WindowState,
    require_window_move,
)
from apps.windows.services import steps, upkeep
from apps.windows.services.steps import Stepped
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.hall import here

LEFT_OPEN = "left_open"
HELD_DAYS = 4103
"""Class of the advisory locks of `days_held`; the second part is the schema's hash."""
_FORGOTTEN_AFTER = timedelta(hours=2)


@transaction.atomic
def open_window(
    *, window_id: UUID, by: Actor, extended: bool = False, version: int | None = None
) -> Stepped:
    """Take the window and serve there; `extended` is service beyond the hours (延时).

    A paused window may be taken over, an open one not. Raises NotFound, Stale, Taken and
    StepNotAllowed.
    """
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id, version)
    if _forgotten(window):
        _settle(window)
    if window.state in STAFFED and window.clerk_id != by.post_id:
        raise Taken(clerk=window.clerk_name)
    wanted = WindowState.EXTENDED if extended else WindowState.OPEN
    require_window_move(WindowState(window.state), wanted)
    window.clerk_id, window.clerk_name = by.post_id, by.name
    _switch(window, wanted, clock.now())
    return steps.tell("opened", window, None, by)


@transaction.atomic
def pause(
    *,
    window_id: UUID,
    reason: str,
    by: Actor,
    state: WindowState = WindowState.PAUSED,
    version: int | None = None,
) -> Stepped:
    """Stop calling for a while, with the reason people see: paused, away or in training. Nobody
    may be left standing there.

    Raises NotFound, Stale, NotYourWindow, StillServing, StepNotAllowed.
    """
    window = _free_window(window_id, version, by)
    wanted = state if state in RESTING else WindowState.PAUSED
    require_window_move(WindowState(window.state), wanted)
    _switch(window, wanted, clock.now(), reason)
    return steps.tell("paused", window, None, by)


@transaction.atomic
def close(*, window_id: UUID, by: Actor, version: int | None = None) -> Stepped:
    """End the window's service. Raises as pause does."""
    window = _free_window(window_id, version, by)
    require_window_move(WindowState(window.state), WindowState.CLOSED)
    _close(window, clock.now())
    return steps.tell("closed", window, None, by)


def end_day(*, by: Actor = SYSTEM) -> int:
    """Close the windows that were left open on an earlier day; the number closed.

    Their people are settled too: called becomes missed, served becomes finished without an end,
    so that no night counts as service. May run at any time and twice. A hall whose earlier day
    is being replayed is left alone. People who still wait go home, or go on where the queue is
    carried over.
    """
    _end_numbers(by)
    old = Window.objects.exclude(state=WindowState.CLOSED).order_by("pk")
    return sum(_end_day_of(window_id, by) for window_id in old.values_list("id", flat=True))


@contextmanager
def days_held() -> Iterator[bool]:
    """Keep `end_day` away from the current hall while an earlier day is lived again there; False
    when another connection does so already."""
    schema = here().schema_name
    held = _lock("pg_try_advisory_lock", schema)
    try:
        yield held
    finally:
        if held:
            _lock("pg_advisory_unlock", schema)


def _lock(function: str, schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [HELD_DAYS, schema])
        row = cursor.fetchone()
    return bool(row and row[0])


@transaction.atomic
def _end_numbers(by: Actor) -> None:
    if _lock("pg_try_advisory_xact_lock_shared", here().schema_name):
        upkeep.end_numbers(by=by)


@transaction.atomic
def _end_day_of(window_id: UUID, by: Actor) -> bool:
    if not _lock("pg_try_advisory_xact_lock_shared", here().schema_name):
        return False
    window = steps.locked_window(window_id)
    if not _forgotten(window):
        return False
    _settle(window)
    steps.tell("closed", window, None, by)
    return True


def _free_window(window_id: UUID, version: int | None, by: Actor) -> Window:
    permissions.require(by, "windows.serve")
    window = steps.locked_window(window_id, version)
    permissions.require_clerk_or_lead(by, window)
    held = steps.ticket_at(window)
    if held is not None:
        raise StillServing(number=held.number)
    return window


def _switch(window: Window, state: WindowState, at: datetime, reason: str = "") -> None:
    """End the running span, begin the next, and write the window."""
    running = WindowSpan.objects.filter(window=window, ended_at__isnull=True)
    if running.filter(started_at__gt=at).exists():
        raise ImpossibleTime(step=state)
    running.update(ended_at=at)
    if state != WindowState.CLOSED:
        WindowSpan.objects.create(
            window=window, state=state, clerk_id=window.clerk_id, started_at=at
        )
    window.state, window.state_reason, window.state_since = state, reason, at
    window.version += 1
    window.save()


def _close(window: Window, at: datetime) -> None:
    window.clerk_id, window.clerk_name = None, ""
    _switch(window, WindowState.CLOSED, at)


def _forgotten(window: Window) -> bool:
    """True for a window whose last act lies on an earlier day and more than two hours back."""
    if window.state == WindowState.CLOSED or clock.day_of(window.state_since) == clock.today():
        return False
    last = _last_act(window)
    return clock.day_of(last) < clock.today() and clock.now() - last > _FORGOTTEN_AFTER


def _last_act(window: Window) -> datetime:
    """The last thing known to have happened at a window since it is in its state."""
    acts = Ticket.objects.filter(window=window, day__gte=clock.day_of(window.state_since))
    last = acts.aggregate(at=Max(Greatest("called_at", "started_at", "finished_at")))["at"]
    return max(last, window.state_since) if last else window.state_since


def _settle(window: Window) -> None:
    last = _last_act(window)
    ticket = steps.ticket_at(window)
    if ticket is not None:
        served = ticket.state == TicketState.SERVING
        ticket.state = TicketState.FINISHED if served else TicketState.MISSED
        ticket.outcome = LEFT_OPEN
        ticket.version += 1
        ticket.save(update_fields=["state", "outcome", "version"])
    _close(window, last)
