"""Stretches of running time, day by day, within a bounded horizon."""

from collections.abc import Iterator
from datetime import date, timedelta

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.errors import NeverDue
from bancheng.city.calendar.hours import END_OF_DAY, Hours, moment
from bancheng.city.calendar.pauses import Span

HORIZON_DAYS = 20_000


def horizon(first: date) -> Iterator[date]:
    """Every day from `first` on; NeverDue after 20,000 of them (54 years)."""
    for offset in range(HORIZON_DAYS):
        yield first + timedelta(days=offset)
    raise NeverDue(start=first.isoformat())


def working_spans(day: date, calendar: Calendar, hours: Hours) -> list[Span]:
    """The working time of this day: none on a rest day."""
    return hours.spans(day) if calendar.works(day) else []


def natural_span(day: date) -> list[Span]:
    """The whole of this day, 00:00–24:00."""
    return [(moment(day, 0), moment(day, END_OF_DAY))]
