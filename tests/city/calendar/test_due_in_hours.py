"""Limits in hours: from the moment itself, inside working hours or around the clock.

2026-03-06 is a Friday; default hours 08:30–12:00 and 14:00–17:30.
"""

from datetime import date

import pytest

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import BadHours, NoHours
from bancheng.city.calendar.hours import Hours, Interval
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.ruler import Deadline

CALENDAR, HOURS = Calendar.published(), Hours()
EVENING = Hours((Interval.parse("16:00-24:00"),))
ROUND_THE_CLOCK = Hours((Interval.parse("00:00-24:00"),))


def due_of(start: str, rule: str, hours: Hours = HOURS) -> Deadline:
    return due(parse_start(start, hours), parse_rule(rule), CALENDAR, hours)


@pytest.mark.parametrize(
    ("start", "rule", "expected"),
    [
        ("2026-03-06T09:00", "WH+2", "03-06 11:00"),
        ("2026-03-06T16:30", "WH+2", "03-09 09:30"),
        ("2026-03-06T16:30", "WH+1", "03-06 17:30"),
        ("2026-03-06T08:30", "WH+7", "03-06 17:30"),
        ("2026-03-06T05:00", "WH+1", "03-06 09:30"),
        ("2026-03-06T18:00", "WH+1", "03-09 09:30"),
        ("2026-03-07T10:00", "WH+4", "03-09 14:30"),
        ("2026-02-14T17:00", "WH+1", "02-24 09:00"),
        ("2026-03-06T16:00", "NH+24", "03-07 16:00"),
        ("2026-02-16T23:30", "NH+1", "02-17 00:30"),
        ("2026-03-06T18:00", "NH+1;receipt=B", "03-09 09:30"),
        ("2026-03-06T17:31", "WH+1;cutoff=17:30", "03-09 09:30"),
    ],
)
def test_hours_run_where_their_kind_runs(start: str, rule: str, expected: str) -> None:
    assert due_of(start, rule).due_at.strftime("%m-%d %H:%M") == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2026-03-06T12:30", "15:00"), ("2026-03-06T12:00", "15:00"), ("2026-03-06T11:30", "14:30")],
)
def test_lunch_is_not_working_time(start: str, expected: str) -> None:
    """peers.md §8 item 3: a case made at 12:30 starts to run at 14:00."""
    assert due_of(start, "WH+1").due_at.strftime("%H:%M") == expected


def test_seconds_of_the_start_are_kept() -> None:
    assert due_of("2026-03-06T11:59:30", "WH+1").due_at.strftime("%H:%M:%S") == "14:59:30"


def test_a_day_ending_at_midnight_loses_no_minute() -> None:
    """peers.md §8 item 4: Mon 22:00 leaves two hours of Monday, then Tuesday 16:00–17:00."""
    full = due_of("2026-03-02T22:00", "WH+2", EVENING)
    over = due_of("2026-03-02T22:00", "WH+3", EVENING)

    assert (full.due_at.isoformat(), full.due_on) == (
        "2026-03-03T00:00:00+08:00",
        date(2026, 3, 2),
    )
    assert over.due_at.isoformat() == "2026-03-03T17:00:00+08:00"


def test_days_that_never_close_run_on_through_midnight_but_not_through_a_weekend() -> None:
    monday = due_of("2026-03-02T10:00", "WH+24", ROUND_THE_CLOCK)
    friday = due_of("2026-03-06T10:00", "WH+24", ROUND_THE_CLOCK)

    assert monday.due_at.isoformat() == "2026-03-03T10:00:00+08:00"
    assert friday.due_at.isoformat() == "2026-03-09T10:00:00+08:00"


def test_half_days_and_weekday_hours_hold_on_their_days() -> None:
    hours = Hours(
        by_weekday={5: (Interval.parse("08:30-12:00"),)},
        by_date={date(2026, 3, 9): (Interval.parse("13:00-17:00"),)},
    )

    assert due_of("2026-03-06T11:00", "WH+2", hours).due_at.isoformat() == (
        "2026-03-09T14:00:00+08:00"
    )


def test_the_ruler_shows_the_minutes_used_by_the_end_of_each_day() -> None:
    steps = due_of("2026-03-06T18:00", "WH+8").steps

    assert [(s.day.day, s.counted, s.coded_reason, s.running) for s in steps] == [
        (6, False, "after_close", 0),
        (7, False, "weekend", 0),
        (8, False, "weekend", 0),
        (9, True, "working", 420),
        (10, True, "working", 480),
    ]


def test_natural_hours_show_every_day_they_touch() -> None:
    steps = due_of("2026-03-06T16:00", "NH+24").steps

    assert [(s.day.day, s.counted, s.coded_reason, s.running) for s in steps] == [
        (6, True, "natural", 480),
        (7, True, "natural", 1440),
    ]


def test_working_hours_of_a_hall_without_hours_are_refused() -> None:
    with pytest.raises(NoHours) as refusal:
        due_of("2026-03-06T16:00", "WH+1", Hours(()))

    assert refusal.value.code == "calendar.no_hours"


@pytest.mark.parametrize("text", ["", "8:30-12:00", "08:30", "12:00-08:30", "09:00-24:01", "a-b"])
def test_an_interval_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadHours):
        Interval.parse(text)


def test_overlapping_or_missing_hours_are_refused() -> None:
    morning, noon = Interval.parse("08:00-12:00"), Interval.parse("11:00-13:00")

    with pytest.raises(BadHours):
        Hours((morning, noon))
    with pytest.raises(BadHours):
        Hours((noon, morning))
    with pytest.raises(BadHours):
        Hours(by_date={date(2026, 3, 6): ()})
    with pytest.raises(BadHours):
        Hours(by_weekday={8: (morning,)})
