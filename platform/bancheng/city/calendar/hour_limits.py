"""Limits in hours: they run from the moment itself (民法典 201; domain.md §3.8 items 2, 9)."""

from datetime import date, datetime, timedelta

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.pauses import Span, running_parts
from bancheng.city.calendar.ruler import DayStep, Reason, of_kind, skipped
from bancheng.city.calendar.rules import Rule, Unit
from bancheng.city.calendar.spans import horizon, natural_span, working_spans

Due = tuple[datetime, date, tuple[DayStep, ...]]
NOTHING = timedelta()
MINUTE = timedelta(minutes=1)


def due_after_hours(
    start: datetime, rule: Rule, calendar: Calendar, hours: Hours, standstill: tuple[Span, ...]
) -> Due:
    """The moment at which `amount` hours have run since `start`, less the standstill.

    WH runs within the hours of working days, NH around the clock. A limit used up exactly at
    closing time (or midnight) is due then, not at the next opening.
    """
    total = left = timedelta(hours=rule.amount)
    steps: list[DayStep] = []
    at = start
    for day in horizon(start.date()):
        natural = rule.unit is Unit.NATURAL_HOURS
        spans = natural_span(day) if natural else working_spans(day, calendar, hours)
        ahead = [(max(opens, start), closes) for opens, closes in spans if closes > start]
        parts = [part for span in ahead for part in running_parts(span, standstill)]
        before = left
        for opens, closes in parts:
            at = min(closes, opens + left)
            left -= at - opens
            if not left:
                break
        running = (total - left) // MINUTE
        if before > left:
            steps.append(_ran(day, rule, calendar, running))
        else:
            steps.append(_stood(day, calendar, bool(spans), bool(ahead), running))
        if not left:
            break
    return at, day, tuple(steps)


def _ran(day: date, rule: Rule, calendar: Calendar, running: int) -> DayStep:
    if rule.unit is Unit.NATURAL_HOURS:
        return DayStep(day, True, Reason.NATURAL.value, "", running)
    return of_kind(day, calendar.day(day), counted=True, running=running)


def _stood(day: date, calendar: Calendar, opened: bool, ahead: bool, running: int) -> DayStep:
    if not opened:
        return of_kind(day, calendar.day(day), counted=False, running=running)
    return skipped(day, Reason.PAUSED if ahead else Reason.AFTER_CLOSE, running)
