"""Working time left, used, and counted back.

2026-03-06 is a Friday; default hours 08:30–12:00 and 14:00–17:30.
"""

from datetime import UTC, date, datetime

import pytest

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.elapsed import (
    elapsed_working_days,
    elapsed_working_minutes,
    remaining,
    working_day_before,
    working_minutes_before,
)
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import NaiveMoment, NeverDue
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.pauses import Pause

CALENDAR, HOURS = Calendar.published(), Hours()


def at(text: str) -> datetime:
    return parse_start(f"2026-{text}", HOURS)


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("03-06T09:00", 810),
        ("03-06T16:00", 510),
        ("03-07T12:00", 420),
        ("03-09T13:00", 210),
        ("03-09T17:29:30", 0),
        ("03-09T17:30", 0),
        ("03-09T20:00", 0),
        ("03-10T08:30:30", -1),
        ("03-10T09:30", -60),
        ("03-14T09:30", -1680),
    ],
)
def test_the_minutes_left_are_working_minutes(now: str, minutes: int) -> None:
    """One working day from Friday 6 March: due Monday 9 at 17:30."""
    deadline = due(at("03-06T09:00"), parse_rule("WD+1"), CALENDAR, HOURS)

    assert remaining(deadline, at(now), CALENDAR, HOURS) == minutes


def test_the_minutes_left_of_a_date_in_utc_are_the_same() -> None:
    deadline = due(at("03-06T09:00"), parse_rule("WD+1"), CALENDAR, HOURS)
    now = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)

    assert remaining(deadline, now, CALENDAR, HOURS) == 390


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("03-06T08:30", "03-06T17:30", 420),
        ("03-06T11:00", "03-06T15:00", 120),
        ("03-06T17:00", "03-09T09:00", 60),
        ("03-07T00:00", "03-08T23:00", 0),
        ("03-06T10:00", "03-06T09:00", 0),
        ("02-14T08:30", "02-24T17:30", 840),
    ],
)
def test_elapsed_minutes_leave_out_lunch_nights_and_rest_days(
    start: str, end: str, minutes: int
) -> None:
    assert elapsed_working_minutes(at(start), at(end), CALENDAR, HOURS) == minutes


def test_elapsed_minutes_leave_out_pauses() -> None:
    lunch_and_after = Pause(at("03-06T11:30"), at("03-06T15:00"))

    used = elapsed_working_minutes(
        at("03-06T11:00"), at("03-06T16:00"), CALENDAR, HOURS, [lunch_and_after]
    )

    assert used == 90


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("03-06T09:00", "03-06T17:00", 0),
        ("03-06T09:00", "03-09T08:00", 1),
        ("02-12T09:00", "02-24T09:00", 3),
        ("03-09T09:00", "03-06T09:00", 0),
    ],
)
def test_elapsed_days_do_not_count_the_start_day(start: str, end: str, days: int) -> None:
    assert elapsed_working_days(at(start), at(end), CALENDAR) == days


@pytest.mark.parametrize(
    ("moment", "minutes", "expected"),
    [
        ("03-09T09:00", 60, "03-06T17:00"),
        ("03-09T08:30", 60, "03-06T16:30"),
        ("03-09T09:30", 60, "03-09T08:30"),
        ("03-09T14:30", 60, "03-09T11:30"),
        ("03-09T17:30", 420, "03-09T08:30"),
        ("02-24T09:00", 60, "02-14T17:00"),
        ("03-08T12:00", 0, "03-06T17:30"),
    ],
)
def test_a_lead_before_opening_reaches_into_the_previous_working_interval(
    moment: str, minutes: int, expected: str
) -> None:
    """peers.md §8 item 5: one hour before Monday 09:00 is Friday 17:00, not midnight."""
    assert working_minutes_before(at(moment), minutes, CALENDAR, HOURS) == at(expected)


def test_one_working_day_before_skips_the_holiday() -> None:
    assert working_day_before(date(2026, 2, 24), 1, CALENDAR) == date(2026, 2, 14)
    assert working_day_before(date(2026, 2, 24), 0, CALENDAR) == date(2026, 2, 24)


def test_a_hall_without_hours_counts_whole_working_days() -> None:
    always = Hours(())

    assert elapsed_working_minutes(at("03-06T12:00"), at("03-09T12:00"), CALENDAR, always) == 1440


def test_moments_without_a_zone_and_endless_leads_are_refused() -> None:
    naive = datetime(2026, 3, 6, 9)

    with pytest.raises(NaiveMoment):
        elapsed_working_minutes(naive, at("03-06T10:00"), CALENDAR, HOURS)
    with pytest.raises(NeverDue):
        working_minutes_before(at("03-06T10:00"), 10**9, CALENDAR, HOURS)
