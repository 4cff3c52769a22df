"""Working time between two moments: minutes left on a card, time used, moments to remind at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.errors import NeverDue
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import in_hall_time
from bancheng.city.calendar.pauses import Pause, Span, merged
from bancheng.city.calendar.spans import HORIZON_DAYS, working_spans
from bancheng.city.calendar.worktime import worktime

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class WithDueAt(Protocol):
    """Anything that is due: the engine's deadline or a stored one."""

    @property
    def due_at(self) -> datetime: ...


def remaining(deadline: WithDueAt, now: datetime, calendar: Calendar, hours: Hours) -> int:
    """Whole working minutes left until `due_at`, rounded down; negative once overdue.

    Half a minute late is -1, late while the hall is closed is 0 until it opens again. For a
    hall without business hours every minute of a working day counts.
    """
    due_at, at = in_hall_time(deadline.due_at), in_hall_time(now)
    if at <= due_at:
        return _working_time(at, due_at, calendar, hours, ()) // MINUTE
    return -_working_time(due_at, at, calendar, hours, ()) // MINUTE


def elapsed_working_minutes(
    start: datetime,
    end: datetime,
    calendar: Calendar,
    hours: Hours,
    pauses: Sequence[Pause] = (),
) -> int:
    """Whole working minutes from `start` to `end`, less the pauses; 0 when `end` is earlier."""
    first, last = in_hall_time(start), in_hall_time(end)
    return _working_time(first, last, calendar, hours, merged(pauses)) // MINUTE


def _working_time(
    first: datetime, last: datetime, calendar: Calendar, hours: Hours, standstill: tuple[Span, ...]
) -> timedelta:
    worked = worktime(calendar, hours)
    total = worked.between(first, last)
    for start, end in standstill:
        total -= worked.between(max(start, first), min(end, last))
    return timedelta(microseconds=total)


def elapsed_working_days(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Working days used: those after the start day up to and with the end day (民法典 201).

    The ledger's 用时(工作日); 0 when both fall on one day or `end` is earlier.
    """
    return calendar.counted.between(in_hall_time(start).date(), in_hall_time(end).date())


def working_minutes_before(
    at: datetime, minutes: int, calendar: Calendar, hours: Hours
) -> datetime:
    """The latest moment from which `minutes` of working time remain until `at`.

    A lead that reaches back before the opening goes on in the previous working interval, never
    at midnight (peers.md §8 item 5). For yellow cards and reminders.
    """
    last = in_hall_time(at)
    left = timedelta(minutes=minutes)
    for offset in range(HORIZON_DAYS):
        for opens, closes in reversed(working_spans(last.date() - offset * DAY, calendar, hours)):
            closes = min(closes, last)
            if opens < closes and closes - opens >= left:
                return closes - left
            left -= max(closes - opens, timedelta())
    raise NeverDue(before=last.isoformat())


def working_day_before(day: date, amount: int, calendar: Calendar) -> date:
    """The working day `amount` working days before `day` (warning one working day ahead, §3.6)."""
    for _ in range(HORIZON_DAYS):
        if amount <= 0:
            return day
        day -= DAY
        amount -= calendar.works(day)
    raise NeverDue(before=day.isoformat())
