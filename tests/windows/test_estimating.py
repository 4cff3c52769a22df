"""The expected wait follows from the queue's own past; values worked out by hand."""

from datetime import date, timedelta
from math import e, isclose

import pytest

from apps.windows.estimating import Estimate, History, Moment, Stretch, Waited, estimate, learn

MONDAY = date(2026, 11, 23)
NINE, ELEVEN = 9 * 60, 11 * 60
# Two ahead and 14 minutes: 14 ÷ (2 + 1.5) = 4 minutes per person.
FOUR_EACH = [Waited(MONDAY - timedelta(days=1), 9, 2, 14.0)] * 30


def test_a_steady_queue_is_expected_to_go_on_as_before() -> None:
    history = _learned(FOUR_EACH)

    found = estimate(history, Moment(MONDAY, NINE, 4, 1), [])

    # (4 + 1.5) × 4; no wait was ever longer or shorter than its likely value
    assert found == Estimate(22.0, 22.0, 22.0)


def test_too_few_waits_teach_nothing() -> None:
    assert learn(FOUR_EACH[:29], []) is None


def test_a_new_queue_of_a_known_hall_is_expected_to_go_like_the_hall() -> None:
    history = learn([], [], wider=6.0)

    assert history is not None
    assert estimate(history, Moment(MONDAY, NINE, 2, 1), []) == Estimate(8.4, 21.0, 42.0)


def test_who_met_an_idle_window_does_not_make_the_queue_look_fast() -> None:
    at_once = [Waited(MONDAY, 9, 0, 0.0)] * 500

    assert _learned(FOUR_EACH + at_once).pace == 4.0


def test_one_endless_wait_does_not_move_the_pace() -> None:
    forgotten = Waited(MONDAY, 9, 2, 10_000.0)

    assert _learned([*FOUR_EACH, forgotten]).pace == 4.0


def test_an_hour_goes_its_own_way_as_far_as_it_was_seen_and_an_unseen_hour_like_the_day() -> None:
    # six ahead weigh 7.5 people each, 80 of them 600; the median of all is 1 minute per person
    nine = [Waited(MONDAY, 9, 6, 7.5)] * 80
    ten = [Waited(MONDAY, 10, 6, 22.5)] * 80

    history = _learned(nine + ten)

    # 600 people at 3 minutes, pulled to 1 with the weight of 600
    paces = [history.pace_at(hour * 60, MONDAY) for hour in (9, 10, 11)]
    assert paces == [1.0, 2.0, 1.0]


def test_a_weekday_counts_from_its_third_date() -> None:
    mondays = [Waited(MONDAY - timedelta(weeks=w), 9, 6, 22.5) for w in (1, 2, 3)] * 80
    tuesdays = [Waited(MONDAY + timedelta(days=1 - 7 * w), 9, 6, 7.5) for w in (1, 2, 3)] * 100
    two_fridays = [Waited(MONDAY + timedelta(days=4 - 7 * w), 9, 6, 22.5) for w in (1, 2)] * 5

    history = _learned(mondays + tuesdays + two_fridays)

    # median 1; Mondays: (3 × 1800 + 1 × 600) ÷ 2400 = 2.5
    assert dict(history.weekdays) == {0: 2.5, 1: 1.0}


def test_a_day_with_more_calls_than_usual_shortens_the_wait() -> None:
    hour = Stretch(ends=NINE + 60, minutes=60, calls=30, windows=1)

    found = estimate(_learned(FOUR_EACH), Moment(MONDAY, NINE + 60, 4, 1), [hour])

    # usual are 60 ÷ 4 = 15 calls: 22 × (80 + 15) ÷ (80 + 30)
    assert isclose(found.likely, 19.0)


def test_what_was_seen_an_hour_ago_weighs_a_third() -> None:
    hour = Stretch(ends=NINE + 60, minutes=60, calls=30, windows=1)

    found = estimate(_learned(FOUR_EACH), Moment(MONDAY, NINE + 120, 4, 1), [hour])

    assert isclose(found.likely, 22 * (80 + 15 / e) / (80 + 30 / e))


def test_what_happens_later_is_not_known_yet() -> None:
    future = Stretch(ends=NINE + 1, minutes=1, calls=500, windows=1)

    found = estimate(_learned(FOUR_EACH), Moment(MONDAY, NINE, 4, 1), [future])

    assert found.likely == 22.0


def test_where_twice_the_windows_called_twice_as_fast_the_wait_is_halved() -> None:
    one = Stretch(ends=NINE, minutes=100_000, calls=10_000, windows=1)
    two = Stretch(ends=NINE, minutes=100_000, calls=20_000, windows=2)
    history = _learned(FOUR_EACH, [one, two])

    with_one, with_two = (
        estimate(history, Moment(MONDAY, NINE, 4, windows), []).likely for windows in (1, 2)
    )

    assert history.elasticity == 1.0
    assert isclose(with_one, 2 * with_two)


def test_where_windows_made_no_difference_another_one_is_not_promised_to_help() -> None:
    shared = [Stretch(NINE, 100_000, 10_000, windows) for windows in (1, 2, 4)]

    assert _learned(FOUR_EACH, shared).elasticity == 0.0


def test_with_one_number_of_windows_ever_open_a_small_help_is_assumed() -> None:
    always_two = Stretch(NINE, 6_000, 600, 2)

    history = _learned(FOUR_EACH, [always_two])

    assert (history.elasticity, round(history.usual_windows, 6)) == (0.2, 2.0)


def test_the_range_holds_four_of_five_past_waits() -> None:
    # ratios 0.02, 0.04 … 2.00 around a median of 1
    spread = [Waited(MONDAY, 9, 2, 3.5 * k / 50) for k in range(1, 101)]

    found = estimate(_learned(spread), Moment(MONDAY, NINE, 2, 1), [])

    assert [round(x, 4) for x in (found.low, found.likely, found.high)] == [0.77, 3.5, 6.37]


def test_nobody_ahead_may_be_called_at_once() -> None:
    found = estimate(_learned(FOUR_EACH), Moment(MONDAY, NINE, 0, 1), [])

    assert (found.low, found.likely, found.high) == (0.0, 6.0, 12.0)


@pytest.mark.parametrize("windows", [0, 1])
def test_no_window_is_taken_as_one(windows: int) -> None:
    history = _learned(FOUR_EACH, [Stretch(NINE, 100, 10, 2)])

    assert history.speed_with(windows) == 0.5**0.2


def _learned(waits: list[Waited], stretches: list[Stretch] | None = None) -> History:
    history = learn(waits, stretches or [])
    assert history is not None
    return history
