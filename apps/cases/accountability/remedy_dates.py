"""The dates of a remedy notice, by the hall's calendar (domain.md §3.9)."""

from datetime import date, datetime

from apps.cases.accountability import limits
from apps.cases.accountability.kept import RemedyDates
from apps.cases.rules import remedies
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.notation import parse_rule
from bancheng.kernel import clock


def dates_from(notified_at: datetime) -> RemedyDates:
    """Until when, for a notice given at this moment."""
    on = clock.day_of(notified_at)
    return RemedyDates(
        notified_on=on,
        reexamination_until=reexamination_until(notified_at),
        review_until=remedies.review_until(on, _rests),
        suit_until=remedies.suit_until(on, _rests),
    )


def reexamination_until(notified_at: datetime) -> date:
    """The last day to ask the hall for an internal re-examination (C-60)."""
    timing = calendar.timekeeping()
    rule = parse_rule(f"WD+{limits.appeal_working_days()}")
    return due(notified_at, rule, timing.calendar, timing.hours).due_on


def _rests(day: date) -> bool:
    return not calendar.timekeeping().calendar.day(day).works
