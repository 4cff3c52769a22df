"""Working time added up by months is working time counted day by day."""

from datetime import date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bancheng.city.calendar.days import Calendar, Override
from bancheng.city.calendar.elapsed import elapsed_working_days, elapsed_working_minutes
from bancheng.city.calendar.hours import Hours, Interval
from bancheng.city.calendar.months import Months
from bancheng.city.calendar.pauses import Pause
from bancheng.kernel.clock import ZONE

CALENDAR = Calendar.published().with_overrides(
    [
        Override(date(2026, 7, 20), False, "停电", decision="〔2026〕7号"),
        Override(date(2026, 7, 25), True, "加班"),
    ]
)
HOURS = (
    Hours(),
    Hours(()),
    Hours(
        by_weekday=MappingProxyType({5: (Interval(9 * 60, 12 * 60),)}),
        by_date=MappingProxyType({date(2026, 3, 4): (Interval(0, 1440),)}),
        before=((date(2026, 2, 1), Hours((Interval(8 * 60, 16 * 60),))),),
    ),
)
MOMENTS = st.datetimes(datetime(2025, 11, 1), datetime(2027, 3, 1)).map(
    lambda at: at.replace(tzinfo=ZONE, microsecond=0)
)


def day_by_day(first: datetime, last: datetime, hours: Hours, pause: Pause | None) -> timedelta:
    """The same by looking at every interval of every day."""
    total, day = timedelta(), first.date()
    while day <= last.date():
        for opens, closes in hours.spans(day) if CALENDAR.works(day) else []:
            span = max(opens, first), min(closes, last)
            total += max(span[1] - span[0], timedelta())
            if pause is not None:
                held = min(span[1], pause.end) - max(span[0], pause.start)
                total -= max(held, timedelta())
        day += timedelta(days=1)
    return total


@settings(deadline=None)
@given(MOMENTS, MOMENTS, st.sampled_from(HOURS), st.none() | st.tuples(MOMENTS, MOMENTS))
def test_minutes_are_those_of_every_day(
    first: datetime, last: datetime, hours: Hours, held: tuple[datetime, datetime] | None
) -> None:
    """C-06, domain.md §3.8: rest days, lunch, half days, earlier weeks and pauses."""
    pause = Pause(min(held), max(held)) if held else None
    expected = day_by_day(first, last, hours, pause) // timedelta(minutes=1)

    found = elapsed_working_minutes(first, last, CALENDAR, hours, [pause] if pause else [])

    assert found == (expected if last > first else 0)


@settings(deadline=None)
@given(MOMENTS, MOMENTS)
def test_days_are_those_of_every_day(first: datetime, last: datetime) -> None:
    """民法典 201: those after the start day, up to and with the end day."""
    days = [first.date() + timedelta(days=n) for n in range(1, (last - first).days + 3)]

    expected = sum(CALENDAR.works(day) for day in days if day <= last.date())

    assert elapsed_working_days(first, last, CALENDAR) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 1), 1),
        (date(2025, 12, 31), date(2026, 1, 2), 2),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
        (date(2026, 5, 5), date(2026, 5, 5), 0),
        (date(2026, 5, 5), date(2026, 5, 4), 0),
        (date(2025, 1, 1), date(2026, 1, 1), 365),
    ],
)
def test_days_between(first: date, last: date, expected: int) -> None:
    """Across the ends of months and years, and a leap day."""
    assert Months(lambda _: 1).between(first, last) == expected


def test_a_layered_calendar_counts_its_own_days() -> None:
    """C-05: what a hall closes is not what the calendar below it had counted."""
    below = Calendar.published()
    first, last = (datetime(2026, 7, day, tzinfo=ZONE) for day in (17, 24))
    before = elapsed_working_days(first, last, below)

    assert elapsed_working_days(first, last, CALENDAR) == before - 1
    assert elapsed_working_days(first, last, below) == before
