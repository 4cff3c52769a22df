"""A paused clock stands still: it adds what it covers and never brings a date forward.

2026-03-06 is a Friday; default hours 08:30–12:00 and 14:00–17:30.
"""

from datetime import UTC, datetime

import pytest

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.elapsed import elapsed_working_minutes, remaining
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.errors import BadPause, NaiveMoment, NeverDue
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.moments import parse_start
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.pauses import Pause
from bancheng.city.calendar.ruler import Deadline

CALENDAR, HOURS = Calendar.published(), Hours()


def at(text: str) -> datetime:
    return parse_start(f"2026-{text}", HOURS)


def pause(start: str, end: str) -> Pause:
    return Pause(at(start), at(end))


def due_of(start: str, rule: str, *pauses: Pause) -> Deadline:
    return due(at(start), parse_rule(rule), CALENDAR, HOURS, pauses)


def test_a_pause_over_the_weekend_adds_only_its_working_minutes() -> None:
    """peers.md §8 item 1: Fri 16:00–17:30 and Mon 08:30–10:00 are 180 working minutes."""
    weekend = pause("03-06T16:00", "03-09T10:00")

    running = due_of("03-06T15:00", "WH+4")
    paused = due_of("03-06T15:00", "WH+4", weekend)

    assert running.due_at == at("03-09T10:00")
    assert paused.due_at == at("03-09T15:00")
    added = elapsed_working_minutes(running.due_at, paused.due_at, CALENDAR, HOURS)
    assert added == elapsed_working_minutes(weekend.start, weekend.end, CALENDAR, HOURS) == 180


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("03-06T16:00", "03-09T10:00", "03-09T17:30"),
        ("03-06T10:00", "03-06T15:00", "03-06T17:30"),
        ("03-06T17:30", "03-09T09:00", "03-06T17:30"),
        ("03-06T17:29", "03-06T17:30", "03-09T17:30"),
        ("03-01T09:00", "03-05T12:00", "03-06T17:30"),
        ("03-10T09:00", "03-20T12:00", "03-06T17:30"),
    ],
)
def test_a_day_does_not_count_when_the_clock_stood_still_at_its_close(
    start: str, end: str, expected: str
) -> None:
    """Received Thursday 5 March, one working day: Friday, unless its last minute was paused."""
    assert due_of("03-05T10:00", "WD+1", pause(start, end)).due_at == at(expected)


def test_the_ruler_names_the_paused_days() -> None:
    days = due_of("03-05T10:00", "WD+1", pause("03-06T16:00", "03-09T10:00")).steps
    hours = due_of("03-05T17:00", "WH+1", pause("03-06T08:00", "03-09T08:30")).steps

    assert [(s.day.day, s.coded_reason) for s in days] == [
        (5, "start_day_not_counted"), (6, "paused"), (7, "weekend"), (8, "weekend"), (9, "working"),
    ]  # fmt: skip
    assert [(s.day.day, s.coded_reason, s.running) for s in hours] == [
        (5, "working", 30), (6, "paused", 30), (7, "weekend", 30), (8, "weekend", 30),
        (9, "working", 60),
    ]  # fmt: skip


def test_a_pause_in_natural_time_adds_its_whole_length() -> None:
    assert due_of("03-06T10:00", "NH+24", pause("03-06T12:00", "03-06T13:00")).due_at == at(
        "03-07T11:00"
    )


def test_natural_days_and_the_same_day_wait_for_a_running_close() -> None:
    evening = pause("03-06T17:00", "03-06T18:00")

    assert due_of("03-04T10:00", "ND+2", evening).due_at == at("03-09T17:30")
    assert due_of("03-06T10:00", "WD+0", evening).due_at == at("03-09T17:30")


def test_overlapping_pauses_count_once() -> None:
    one = due_of("03-06T09:00", "WH+1", pause("03-06T09:30", "03-06T11:00"))
    several = due_of(
        "03-06T09:00",
        "WH+1",
        pause("03-06T10:00", "03-06T11:00"),
        pause("03-06T09:30", "03-06T10:30"),
        pause("03-06T09:45", "03-06T09:45"),
    )

    assert one == several
    assert one.due_at == at("03-06T11:30")


def test_a_pause_that_runs_now_leaves_the_time_that_was_left() -> None:
    """peers.md §8 item 6: with the present as its end, no minute is lost while it runs."""
    for now in ("03-06T16:30", "03-08T12:00", "03-20T09:00"):
        paused = due_of("03-06T15:00", "WH+4", pause("03-06T16:00", now))

        assert remaining(paused, at(now), CALENDAR, HOURS) == 180


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadPause) as refusal:
        pause("03-06T16:00", "03-06T15:59")

    assert refusal.value.code == "calendar.bad_pause"


def test_a_pause_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        Pause(datetime(2026, 3, 6, 9), datetime(2026, 3, 6, 10, tzinfo=UTC))


def test_a_pause_without_a_foreseeable_end_is_refused_instead_of_searched() -> None:
    endless = Pause(at("03-06T09:00"), datetime(2199, 1, 1, tzinfo=UTC))

    for rule in ("WD+1", "WH+1", "NH+1", "ND+1", "WD+0"):
        with pytest.raises(NeverDue):
            due_of("03-06T08:30", rule, endless)
