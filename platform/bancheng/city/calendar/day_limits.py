"""Limits in days: the start day is not counted (民法典 201), the last day works (203)."""

from datetime import date, datetime

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.pauses import Span, paused_into
from bancheng.city.calendar.ruler import DayStep, Reason, of_kind, skipped
from bancheng.city.calendar.rules import Rule, Unit
from bancheng.city.calendar.spans import horizon

Due = tuple[datetime, date, tuple[DayStep, ...]]


def due_after_days(
    start: datetime, rule: Rule, calendar: Calendar, hours: Hours, standstill: tuple[Span, ...]
) -> Due:
    """The `amount`-th day after the start day that counts.

    WD counts working days. ND counts every day, save that its last one must work: rest days
    that would be the last are passed over until a working day takes their place.
    """
    steps: list[DayStep] = []
    count = 0
    for day in horizon(start.date()):
        if day == start.date():
            steps.append(skipped(day, Reason.START_DAY))
            continue
        kind = calendar.day(day)
        must_work = rule.unit is Unit.WORKING_DAYS or count + 1 == rule.amount
        if must_work and not kind.works:
            steps.append(of_kind(day, kind, counted=False, running=count))
        elif paused_into(hours.closing(day), standstill):
            steps.append(skipped(day, Reason.PAUSED, count))
        else:
            count += 1
            steps.append(of_kind(day, kind, counted=True, running=count))
        if count == rule.amount:
            break
    return hours.closing(day), day, tuple(steps)


def due_same_day(
    start: datetime, calendar: Calendar, hours: Hours, standstill: tuple[Span, ...]
) -> Due:
    """“当日”: close of business of the working day still open at `start`, else of the next."""
    steps: list[DayStep] = []
    for day in horizon(start.date()):
        kind = calendar.day(day)
        closing = hours.closing(day)
        if not kind.works:
            steps.append(of_kind(day, kind, counted=False, running=0))
        elif closing <= start:
            steps.append(skipped(day, Reason.AFTER_CLOSE))
        elif paused_into(closing, standstill):
            steps.append(skipped(day, Reason.PAUSED))
        else:
            steps.append(of_kind(day, kind, counted=True, running=0))
            break
    return closing, day, tuple(steps)
