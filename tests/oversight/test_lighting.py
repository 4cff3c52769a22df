"""When a clock's cards are due to light (domain.md §3.6). Days by hand: 2026-03-02 is a Monday,
an ordinary week; hours are 8:30–12:00 and 14:00–17:30. National Day 2026: 1–7 October are days
off, 20 September and 10 October are worked instead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.cases.rules import Stage
from apps.cases.timekeeping.cards import Card, card_of
from apps.cases.timekeeping.lighting import Why, lightings
from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import in_hall_time
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel.clock import ZONE

TIME = Timekeeping(Calendar.published(), Hours(), ())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Clock:
    stage: str
    due_at: datetime

    @property
    def due_on(self) -> date:
        return self.due_at.date()


def shown(stage: str, due: str, remind: int = 0) -> list[tuple[str, str]]:
    found = lightings(Clock(stage, at(due)), TIME, remind_minutes=remind)
    return [(f"{one.at:%m-%d %H:%M}", one.why.value) for one in found]


def test_a_promise_passes_four_levels() -> None:
    """§3.6: one working day left, due today, overdue, more than two working days overdue."""
    assert shown(Stage.RESOLVE, "2026-03-09 17:30") == [
        ("03-06 08:30", "one_day_left"),
        ("03-09 08:30", "due_today"),
        ("03-09 17:30", "overdue"),
        ("03-12 08:30", "far_overdue"),
    ]


def test_days_off_and_make_up_days_count_as_the_calendar_says() -> None:
    """Due on 30 September: the third working day after it is Saturday, 10 October."""
    assert shown(Stage.RESOLVE, "2026-09-30 17:30")[-1] == ("10-10 08:30", "far_overdue")
    assert shown(Stage.RESOLVE, "2026-10-08 17:30")[0] == ("09-30 08:30", "one_day_left")


def test_a_short_stage_reminds_and_then_turns_yellow() -> None:
    assert shown(Stage.SIGN, "2026-03-02 16:00", remind=60) == [
        ("03-02 15:00", "reminder"),
        ("03-02 16:00", "stage_overdue"),
    ]


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        ("2026-03-03 08:45", "03-02 16:45"),
        ("2026-03-02 14:10", "03-02 11:10"),
        ("2026-03-02 08:50", "02-28 16:50"),
    ],
)
def test_a_reminder_before_opening_falls_into_the_interval_before(due: str, reminded: str) -> None:
    """peers.md §8 item 5: not at midnight, not in the lunch break; 28 February is a worked
    Saturday in 2026."""
    assert shown(Stage.SIGN, due, remind=60)[0] == (reminded, "reminder")


def test_a_second_redo_is_black_from_its_beginning() -> None:
    """§3.6: black on the second re-do; the later red still comes."""
    clock = Clock(Stage.RESOLVE, at("2026-03-09 17:30"))

    found = lightings(clock, TIME, redone_at=at("2026-03-04 10:00"))

    assert [(one.level, one.why) for one in found] == [
        (4, Why.REOPENED_AGAIN),
        (1, Why.ONE_DAY_LEFT),
        (2, Why.DUE_TODAY),
        (3, Why.OVERDUE),
    ]


_moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 11, 30)).map(
    lambda naive: naive.replace(tzinfo=ZONE, second=0, microsecond=0)
)


@settings(max_examples=300, deadline=None)
@given(
    day=st.dates(date(2026, 1, 5), date(2026, 11, 30)),
    minute=st.sampled_from([9 * 60, 12 * 60, 15 * 60, 17 * 60 + 30]),
    now=_moments,
    stage=st.sampled_from([Stage.SIGN, Stage.RESOLVE, Stage.CALLBACK]),
)
def test_in_working_time_the_last_level_passed_is_the_colour_shown(
    day: date, minute: int, now: datetime, stage: Stage
) -> None:
    """Two ways to the same answer: the sweep's moments and the colour of lists."""
    if not TIME.calendar.works(day) or not TIME.calendar.works(now.date()):
        return
    if now < TIME.hours.opening(now.date()):
        return
    due_at = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(minutes=minute)
    clock = Clock(stage, due_at)

    passed = [one for one in lightings(clock, TIME) if in_hall_time(one.at) <= now]
    passed = [
        one for one in passed if one.at != now or one.why not in (Why.OVERDUE, Why.STAGE_OVERDUE)
    ]

    expected = max((one.level for one in passed), default=0)
    assert card_of(clock, now, TIME) == Card(expected)
