"""Durations in 32 fixed buckets, so that percentiles of many halls and days can be merged.

Percentiles are never averaged: the buckets are added and the percentile is read from the sum
(performance.md §3.2). Edges grow by a quarter, so an answer between 10 s and 2.2 h is never
further from the exact one than the width of its bucket (a quarter; a third where rounding to
whole seconds shows, at 12 s); over many halls the error of p90 stays below 4 %.
"""

from bisect import bisect_right
from collections.abc import Iterable

Buckets = tuple[int, ...]

EDGES: tuple[int, ...] = tuple(round(10 * 1.25**i) for i in range(31))
BUCKETS = len(EDGES) + 1
GROWTH = 1.25
EMPTY: Buckets = (0,) * BUCKETS


def bucket_of(seconds: float) -> int:
    """Bucket 0 is below 10 s, bucket 31 is 2.2 h and above; an edge belongs to the bucket it opens.

    The same answer as PostgreSQL's `width_bucket(seconds, EDGES)`.
    """
    return bisect_right(EDGES, seconds)


def histogram(durations: Iterable[float]) -> Buckets:
    """Count durations (seconds) per bucket."""
    counts = [0] * BUCKETS
    for seconds in durations:
        counts[bucket_of(seconds)] += 1
    return tuple(counts)


def merge(left: Buckets, right: Buckets) -> Buckets:
    """The buckets of both together."""
    return tuple(map(int.__add__, left, right))


def percentile(buckets: Buckets, share: float, *, maximum: float | None = None) -> float | None:
    """Seconds below which `share` (0 < share <= 1) of the durations lie; None without any.

    Geometric interpolation inside the bucket that holds the nearest-rank value. `maximum` is the
    longest duration, if known: no answer exceeds it, and it closes the open last bucket.
    """
    rank = share * sum(buckets)
    if rank == 0:
        return None
    below = 0
    for index, count in enumerate(buckets):
        if count and below + count >= rank:
            return _inside(index, (rank - below) / count, maximum)
        below += count
    return maximum


def _inside(index: int, fraction: float, maximum: float | None) -> float:
    if index == 0:
        seconds = EDGES[0] * fraction
    else:
        low = EDGES[index - 1]
        high = EDGES[index] if index < len(EDGES) else max(maximum or 0, low * GROWTH)
        seconds = low * (high / low) ** fraction
    return seconds if maximum is None else min(seconds, maximum)
