"""Who stands where among peers, without pretending to know more than the sample says.

A rank is an interval: 90 % of 2,000 simulated orderings; a hall whose 95 % bar crosses the mean
is called neither better nor worse (frontend.md §2 “Ranking honesty”, domain.md §5.4).
Cost (measured, warm): 0.19 s of CPU for a group of 320 halls, 13 ms for 40, 6 ms for 15. The answer
depends on nothing but the entries, so it may be kept as long as they stay the same.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from random import Random
from statistics import NormalDist
from uuid import UUID

from bancheng.city.rollups.rates import MINIMUM_SAMPLE, angle, share, shrink, shrunk_interval

DRAWS = 2000
SEED = 20210101
RANK_TAIL = 0.05


class Band(StrEnum):
    """Against the mean of the peer group; SMALL means the sample is too small to say."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Entry:
    """One hall: x good ones of n. More is better."""

    hall: UUID
    x: float
    n: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one hall stands in its peer group.

    `value` and `rank` are None under the minimum sample: then the fraction is shown, no
    percentage. `rank` is (best, worst) counted from 1, and None too where nobody compares.
    """

    value: float | None
    shrunk: float | None
    low: float | None
    high: float | None
    band: Band
    rank: tuple[int, int] | None


def group_mean(group: Sequence[Entry]) -> float | None:
    """All good ones ÷ all of the group, small halls included; None if nothing was counted."""
    return share(sum(e.x for e in group), sum(e.n for e in group))


def standings(
    group: Sequence[Entry],
    *,
    minimum: int = MINIMUM_SAMPLE,
    ranks: Mapping[UUID, tuple[int, int]] | None = None,
) -> dict[UUID, Standing]:
    """The standing of every hall of one peer group; never mix groups in one call.

    `ranks` may be given from an earlier `rank_intervals`: it is the costly part.
    """
    mean = group_mean(group)
    if ranks is None:
        ranks = rank_intervals(group, minimum=minimum)
    return {e.hall: _standing(e, mean, ranks.get(e.hall), minimum) for e in group}


def _standing(
    entry: Entry, mean: float | None, rank: tuple[int, int] | None, minimum: int
) -> Standing:
    if mean is None or entry.n == 0:
        return Standing(None, None, None, None, Band.SMALL, None)
    shrunk = shrink(entry.x, entry.n, mean)
    bar = shrunk_interval(entry.x, entry.n, mean)
    if entry.n < minimum:
        return Standing(None, shrunk, bar.low, bar.high, Band.SMALL, None)
    band = Band.SAME if bar.holds(mean) else Band.BETTER if bar.low > mean else Band.WORSE
    return Standing(share(entry.x, entry.n), shrunk, bar.low, bar.high, band, rank)


def rank_intervals(
    group: Sequence[Entry], *, minimum: int = MINIMUM_SAMPLE
) -> dict[UUID, tuple[int, int]]:
    """(best, worst) rank of every hall with enough of a sample; empty if fewer than two have."""
    mean = group_mean(group)
    enough = sorted((e for e in group if e.n >= minimum), key=lambda e: e.hall.bytes)
    if mean is None or len(enough) < 2:
        return {}
    orders = _orderings([angle(shrink(e.x, e.n, mean), e.n) for e in enough])
    at_place = [Counter(indices) for indices in zip(*orders, strict=True)]
    return {e.hall: _middle([count[index] for count in at_place]) for index, e in enumerate(enough)}


def _orderings(angles: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Simulated orderings, best first, as positions in `angles`."""
    rows = [
        [centre + error * z for z in _noise(index)] for index, (centre, error) in enumerate(angles)
    ]
    positions = range(len(angles))
    return [
        sorted(positions, key=column.__getitem__, reverse=True)
        for column in zip(*rows, strict=True)
    ]


@lru_cache(maxsize=2048)
def _noise(index: int) -> tuple[float, ...]:
    """The same 2,000 normal quantiles for every hall, each in its own shuffled order.

    Stratified draws: every hall's distribution is exact, only the pairing is random, and the
    same figures always give the same ranks.
    """
    draws = list(_quantiles())
    Random(SEED + index).shuffle(draws)  # noqa: S311 - a simulation, not a secret
    return tuple(draws)


@lru_cache(maxsize=1)
def _quantiles() -> tuple[float, ...]:
    normal = NormalDist()
    return tuple(normal.inv_cdf((i + 0.5) / DRAWS) for i in range(DRAWS))


def _middle(places: Sequence[int]) -> tuple[int, int]:
    """The ranks between which the middle 90 % of the orderings lie."""
    sums = list(accumulate(places))
    drawn = sums[-1]
    best = bisect_left(sums, drawn * RANK_TAIL)
    worst = bisect_left(sums, drawn * (1 - RANK_TAIL))
    return best + 1, worst + 1
