"""Percentiles from merged buckets stay within the published error (performance.md §3.3)."""

from math import ceil
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bancheng.city.rollups.histogram import (
    BUCKETS,
    EDGES,
    EMPTY,
    bucket_of,
    histogram,
    merge,
    percentile,
)


def nearest_rank(values: list[float], share: float) -> float:
    return sorted(values)[ceil(share * len(values)) - 1]


def waits_of_a_hall(seed: int, people: int = 10_000) -> list[float]:
    """Waiting times as halls see them: lognormal, median 3 to 15 minutes, capped by the day."""
    source = Random(seed)
    middle, spread = source.uniform(5.2, 6.8), source.uniform(0.5, 0.9)
    return [min(source.lognormvariate(middle, spread), 7_000) for _ in range(people)]


def test_the_edges_are_the_published_ones() -> None:
    assert len(EDGES) == 31
    assert BUCKETS == 32
    assert EDGES[:8] == (10, 12, 16, 20, 24, 31, 38, 48)
    assert EDGES[-1] == 8078  # 2.2 hours


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0, 0), (9.9, 0), (10, 1), (11, 1), (12, 2), (8077, 30), (8078, 31), (30_000, 31)],
)
def test_an_edge_belongs_to_the_bucket_it_opens(seconds: float, bucket: int) -> None:
    assert bucket_of(seconds) == bucket


def test_nobody_waited_is_no_percentile() -> None:
    assert percentile(EMPTY, 0.9) is None


def test_the_middle_of_one_bucket_is_its_geometric_mean() -> None:
    buckets = histogram([100, 100])  # both between 93 and 116 s

    assert (EDGES[10], EDGES[11]) == (93, 116)
    assert percentile(buckets, 0.5) == pytest.approx((93 * 116) ** 0.5)


def test_no_percentile_exceeds_the_longest_wait() -> None:
    buckets = histogram([100, 101])

    assert percentile(buckets, 0.9, maximum=101) == 101


def test_the_open_last_bucket_ends_at_the_longest_wait() -> None:
    buckets = histogram([20_000])

    assert percentile(buckets, 1.0, maximum=20_000) == 20_000


@given(st.lists(st.floats(min_value=10, max_value=8077), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_within_a_bucket_of_the_exact_one(
    values: list[float], share: float
) -> None:
    estimate = percentile(histogram(values), share)

    assert estimate is not None
    assert 1 / 1.34 <= estimate / nearest_rank(values, share) <= 1.34  # widest bucket: 12 to 16 s


@given(st.lists(st.floats(0, 20_000)), st.lists(st.floats(0, 20_000)))
def test_merging_two_halls_equals_counting_them_together(
    left: list[float], right: list[float]
) -> None:
    assert merge(histogram(left), histogram(right)) == histogram(left + right)


@pytest.mark.parametrize(
    ("share", "typical", "worst"),
    [(0.5, 0.0043, 0.021), (0.9, 0.0075, 0.034), (0.95, 0.01, 0.051), (0.99, 0.023, 0.072)],
)
def test_the_error_over_45_halls_is_as_published(
    share: float, typical: float, worst: float
) -> None:
    """The study's own bounds; its median for p95 was 0.76 % on other data, here 0.85 %."""
    errors = []
    for seed in range(45):
        values = waits_of_a_hall(seed)
        exact = nearest_rank(values, share)
        errors.append(abs((percentile(histogram(values), share) or 0) - exact) / exact)

    assert median(errors) <= typical
    assert max(errors) <= worst
