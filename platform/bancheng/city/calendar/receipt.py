"""When a matter counts as received (domain.md §3.8 item 8): cut-off and receipt practice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.ruler import DayStep, Reason, of_kind, skipped
from bancheng.city.calendar.rules import Receipt, Rule
from bancheng.city.calendar.spans import horizon


@dataclass(frozen=True, slots=True)
class Received:
    """The moment from which counting goes on, and the days before it that receipt passed over.

    `provisional` says that a day was judged whose calendar is not published yet.
    """

    at: datetime
    steps: tuple[DayStep, ...] = ()
    provisional: bool = False


def received(start: datetime, rule: Rule, calendar: Calendar, hours: Hours) -> Received:
    """The moment of receipt of `start` (in hall time) under this rule."""
    if rule.cutoff is not None and start.time() > rule.cutoff:
        return _moved_on(start, Reason.CUTOFF, calendar, hours)
    if rule.receipt is Receipt.NEXT_DAY_COUNTING:
        return Received(start)
    kind = calendar.day(start.date())
    if not kind.works:
        return _moved_on(start, None, calendar, hours)
    for opens, closes in hours.spans(start.date()):
        if start < closes:
            return Received(max(start, opens), provisional=kind.provisional)
    return _moved_on(start, Reason.AFTER_CLOSE, calendar, hours)


def _moved_on(start: datetime, reason: Reason | None, calendar: Calendar, hours: Hours) -> Received:
    """Received at the opening of the next working day; without a reason the start day rests."""
    first = start.date()
    working = next(day for day in horizon(first) if day > first and calendar.works(day))
    passed = [first + timedelta(days=offset) for offset in range((working - first).days)]
    steps = [of_kind(day, calendar.day(day), counted=False, running=0) for day in passed]
    if reason is not None:
        steps[0] = skipped(first, reason)
    provisional = any(calendar.day(day).provisional for day in (*passed, working))
    return Received(hours.opening(working), tuple(steps), provisional)
