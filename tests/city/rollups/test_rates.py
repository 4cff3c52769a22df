"""Shares and ratios with their uncertainty, against worked examples."""

from random import Random

import pytest

from bancheng.city.rollups.rates import (
    Interval,
    RatioSums,
    ratio_interval,
    share,
    shrink,
    shrunk_interval,
    wilson,
)


@pytest.mark.parametrize(
    ("x", "n", "low"),
    [(2, 2, 0.342), (18, 18, 0.824), (139, 167, 0.768), (95, 100, 0.888)],
)
def test_wilson_lower_bounds_of_the_domain_reference(x: int, n: int, low: float) -> None:
    """domain.md §5.4 no. 5, calculation C11."""
    interval = wilson(x, n)

    assert interval is not None
    assert round(interval.low, 3) == low


def test_wilson_upper_bound_by_hand() -> None:
    """81 of 263: Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    interval = wilson(81, 263)

    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


def test_wilson_of_all_ends_at_one_and_of_none_begins_at_zero() -> None:
    every, none = wilson(18, 18), wilson(0, 20)

    assert every is not None
    assert none is not None
    assert (round(every.low, 4), every.high) == (0.8241, 1.0)
    assert (none.low, round(none.high, 4)) == (0.0, 0.1611)  # Newcombe (1998)


@pytest.mark.parametrize(
    ("x", "n", "shrunk"),
    [(2, 2, 0.864), (18, 18, 0.921), (139, 167, 0.834), (3, 4, 0.833)],
)
def test_shrinkage_of_the_domain_reference(x: int, n: int, shrunk: float) -> None:
    """domain.md §5.4 no. 4 with a group mean of 0.85, calculation C11."""
    assert round(shrink(x, n, 0.85), 3) == shrunk


def test_nothing_counted_is_no_share_and_no_interval() -> None:
    assert share(0, 0) is None
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("x", "n", "mean"), [(18, 18, 0.85), (139, 167, 0.85), (8, 20, 0.85)])
def test_the_bar_is_the_middle_of_the_posterior(x: int, n: int, mean: float) -> None:
    """Against 40,000 draws of the Beta distribution that shrinkage stands for."""
    source = Random(7)
    good, bad = x + 20 * mean, n - x + 20 * (1 - mean)
    draws = sorted(source.betavariate(good, bad) for _ in range(40_000))

    bar = shrunk_interval(x, n, mean)

    assert bar.low == pytest.approx(draws[1_000], abs=0.015)
    assert bar.high == pytest.approx(draws[39_000], abs=0.015)


@pytest.mark.parametrize(("x", "n", "mean"), [(0, 10, 0.9), (30, 30, 0.1), (30, 30, 1.0)])
def test_the_drawn_point_is_always_inside_its_bar(x: int, n: int, mean: float) -> None:
    assert shrunk_interval(x, n, mean).holds(shrink(x, n, mean))


def sums_of(days: list[tuple[float, float]]) -> RatioSums:
    return RatioSums(
        periods=len(days),
        x=sum(x for x, _ in days),
        y=sum(y for _, y in days),
        xx=sum(x * x for x, _ in days),
        xy=sum(x * y for x, y in days),
        yy=sum(y * y for _, y in days),
    )


def test_the_interval_of_a_mean_wait_by_hand() -> None:
    """Five days of 10 tickets, 80 to 120 s each: mean 100, spread of the daily means 15.81,
    standard error 7.071, t(4) = 2.776: 100 ± 19.63."""
    days = [(10.0, 10.0 * mean) for mean in (80, 90, 100, 110, 120)]

    interval = ratio_interval(sums_of(days))

    assert interval is not None
    assert interval.low == pytest.approx(80.37, abs=0.1)
    assert interval.high == pytest.approx(119.63, abs=0.1)


def test_equal_days_leave_no_doubt() -> None:
    interval = ratio_interval(sums_of([(28_800.0, 14_400.0)] * 8))

    assert interval == Interval(0.5, 0.5)


def test_four_days_say_nothing_about_the_spread() -> None:
    assert ratio_interval(sums_of([(1.0, 1.0)] * 4)) is None


def test_a_window_that_nobody_staffed_has_no_load() -> None:
    sums = sums_of([(0.0, 0.0)] * 6)

    assert sums.ratio is None
    assert ratio_interval(sums) is None


def test_the_ratio_interval_covers_the_truth_about_95_times_in_100() -> None:
    """1,000 halls of 22 days with busy and quiet days; the true load is 0.6."""
    source = Random(11)
    covered = 0
    for _ in range(1_000):
        days = []
        for _ in range(22):
            staffed = source.uniform(3, 9)
            days.append((staffed, staffed * source.uniform(0.4, 0.8)))
        interval = ratio_interval(sums_of(days))
        covered += bool(interval and interval.holds(0.6))

    assert 930 <= covered <= 970
