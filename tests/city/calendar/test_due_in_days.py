"""Limits in days: start day, cut-off, receipt on a rest day, the same day, natural days.

Weekdays used: 2026-03-02 is a Monday; 2026-03-06 a Friday; no holiday in March 2026.
"""

from datetime import UTC, date, datetime

import pytest

from bancheng.city.calendar.days import Calendar, Override
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import NaiveMoment, OutOfRange
from bancheng.city.calendar.hours import Hours, Interval
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.ruler import Deadline

CALENDAR, HOURS = Calendar.published(), Hours()


def due_of(start: str, rule: str, calendar: Calendar = CALENDAR, hours: Hours = HOURS) -> Deadline:
    return due(parse_start(start, hours), parse_rule(rule), calendar, hours)


def due_at(start: str, rule: str) -> str:
    return due_of(start, rule).due_at.strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-06T17:30", "03-09 17:30"),
        ("2026-03-06T17:30:01", "03-10 17:30"),
        ("2026-03-06T18:00", "03-10 17:30"),
        ("2026-03-06T00:00", "03-09 17:30"),
    ],
)
def test_a_start_after_the_cutoff_counts_one_day_later(start: str, expected: str) -> None:
    assert due_at(start, "WD+1;cutoff=17:30") == expected


def test_the_ruler_names_the_cutoff_day() -> None:
    steps = due_of("2026-03-06T18:00", "WD+1;cutoff=17:30").steps

    assert [step.coded_reason for step in steps] == [
        "cutoff", "weekend", "weekend", "start_day_not_counted", "working",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "under_a", "under_b"),
    [
        ("2026-03-06T18:30", "03-09 17:30", "03-10 17:30"),
        ("2026-03-06T17:30", "03-09 17:30", "03-10 17:30"),
        ("2026-03-06T12:30", "03-09 17:30", "03-09 17:30"),
        ("2026-03-06T06:00", "03-09 17:30", "03-09 17:30"),
        ("2026-03-07T10:00", "03-09 17:30", "03-10 17:30"),
    ],
)
def test_receipt_outside_hours_follows_the_chosen_practice(
    start: str, under_a: str, under_b: str
) -> None:
    assert (due_at(start, "WD+1;receipt=A"), due_at(start, "WD+1;receipt=B")) == (under_a, under_b)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-06T09:00", "03-06 17:30"),
        ("2026-03-06T12:30", "03-06 17:30"),
        ("2026-03-06T17:29", "03-06 17:30"),
        ("2026-03-06T17:30", "03-09 17:30"),
        ("2026-03-06T20:00", "03-09 17:30"),
        ("2026-03-07T10:00", "03-09 17:30"),
        ("2026-02-14T10:00", "02-14 17:30"),
        ("2026-10-01T10:00", "10-08 17:30"),
    ],
)
def test_the_same_day_means_close_of_business_of_a_day_still_open(
    start: str, expected: str
) -> None:
    assert due_at(start, "WD+0") == expected


def test_a_case_made_on_a_make_up_saturday_has_the_next_working_day() -> None:
    """peers.md §8 item 2: 2026-02-14 is a worked Saturday before the Spring Festival."""
    assert due_at("2026-02-14T10:00", "WD+1") == "02-24 17:30"
    assert due_at("2026-02-16T10:00", "WD+1") == "02-24 17:30"


def test_natural_days_count_rest_days_but_do_not_end_on_one() -> None:
    """民法典 203: 15 days from Mon 2 March end on Tue 17; 5 days on Sat 7, moved to Mon 9."""
    assert due_at("2026-03-02T10:00", "ND+15") == "03-17 17:30"

    moved = due_of("2026-03-02T10:00", "ND+5")

    assert moved.due_on == date(2026, 3, 9)
    assert [(s.day.day, s.counted, s.coded_reason, s.running) for s in moved.steps] == [
        (2, False, "start_day_not_counted", 0),
        (3, True, "working", 1),
        (4, True, "working", 2),
        (5, True, "working", 3),
        (6, True, "working", 4),
        (7, False, "weekend", 4),
        (8, False, "weekend", 4),
        (9, True, "working", 5),
    ]


def test_natural_days_may_end_on_a_make_up_saturday() -> None:
    assert due_at("2026-02-11T10:00", "ND+3") == "02-14 17:30"


def test_without_business_hours_a_day_ends_at_midnight() -> None:
    deadline = due_of("2026-03-02T10:00", "WD+1", hours=Hours(()))

    assert deadline.due_on == date(2026, 3, 3)
    assert deadline.due_at.isoformat() == "2026-03-04T00:00:00+08:00"


def test_a_half_day_is_due_at_its_own_close() -> None:
    half = Hours(by_date={date(2026, 3, 3): (Interval.parse("08:30-12:00"),)})

    assert due_of("2026-03-02", "WD+1", hours=half).due_at.hour == 12


def test_a_decided_closure_moves_the_date_and_a_neutral_one_does_not() -> None:
    tuesday = date(2026, 3, 3)
    decided = CALENDAR.with_overrides([Override(tuesday, False, "台风", decision="3号")])
    neutral = CALENDAR.with_overrides([Override(tuesday, False, "台风")])

    moved = due_of("2026-03-02", "WD+1", decided)
    kept = due_of("2026-03-02", "WD+1", neutral)

    assert (moved.due_on.day, moved.steps[1].coded_reason) == (4, "closure:台风")
    assert (kept.due_on.day, kept.steps[1].coded_reason) == (3, "closure_neutral:台风")


@pytest.mark.parametrize(
    ("start", "rule", "provisional"),
    [
        ("2026-12-30", "WD+1", False),
        ("2026-12-30", "WD+2", True),
        ("2026-12-30", "ND+5", True),
        ("2026-12-31T16:30", "WH+1", False),
        ("2026-12-31T16:30", "WH+2", True),
        ("2026-12-31T16:30", "NH+48", False),
        ("2027-01-05T10:00", "NH+1;receipt=B", True),
    ],
)
def test_a_date_is_provisional_when_an_unpublished_year_decides_it(
    start: str, rule: str, provisional: bool
) -> None:
    assert due_of(start, rule).provisional is provisional


def test_the_same_instant_in_another_zone_is_due_at_the_same_time() -> None:
    utc = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)

    assert due(utc, parse_rule("WD+1"), CALENDAR, HOURS) == due_of("2026-03-06T00:30", "WD+1")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment) as refusal:
        due(datetime(2026, 3, 6, 9), parse_rule("WD+1"), CALENDAR, HOURS)

    assert refusal.value.code == "calendar.naive_datetime"


@pytest.mark.parametrize("at", [datetime.min, datetime(1991, 7, 1), datetime.max])
def test_a_moment_far_outside_is_refused(at: datetime) -> None:
    with pytest.raises(OutOfRange):
        due(at.replace(tzinfo=UTC), parse_rule("WD+1"), CALENDAR, HOURS)
