"""The one clock. Days are the hall's days (Asia/Shanghai); instants are aware UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present day in the halls' time zone."""
    return day_of(now())


def local(at: datetime | None) -> datetime | None:
    """An instant on the halls' clocks, as answers show it; one that has not come stays None."""
    return at.astimezone(ZONE) if at is not None else None


def day_of(at: datetime) -> date:
    """The hall day on which an instant falls."""
    return at.astimezone(ZONE).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Hold the clock at `at` (aware) for replays, seeding and tests."""
    if at.tzinfo is None:
        raise ValueError("the clock only takes aware instants")
    token = _frozen.set(at)
    try:
        yield at
    finally:
        _frozen.reset(token)
