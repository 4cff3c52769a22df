"""Standings inside peer groups and trends, with ranks and trends kept for a minute.

Simulating ranks costs up to 0.2 s for 320 halls and twelve weeks of them 25 ms, while every closed
case changes them a little: so they may lag by a minute. Rates, bars and bands never do.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from bancheng.city.rollups import metrics, ranking
from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups.facts import Facts
from bancheng.city.rollups.metrics import Share
from bancheng.city.rollups.queries import Figures, Metric, Period, Place
from bancheng.city.rollups.ranking import Entry, Standing
from bancheng.kernel import names

RATES: Mapping[Metric, Callable[[Facts], Share]] = {
    Metric.ON_TIME: metrics.on_time,
    Metric.SUBSTANTIVE: metrics.substantive,
}
Ranks = dict[UUID, tuple[int, int]]
Trends = dict[UUID, list[float | None]]
_KEPT_SECONDS = 60.0
_KEPT_MOST = 500
_kept: dict[str, tuple[float, tuple[Entry, ...], Ranks]] = {}
_trends: dict[str, tuple[float, Trends]] = {}


def standings(
    places: list[Place], figures: Mapping[UUID, Figures], metric: Metric, period: Period
) -> dict[UUID, Standing]:
    """The standing of every place in its own peer group."""
    rate = RATES[metric]
    groups: dict[str, list[Entry]] = defaultdict(list)
    for place in places:
        share = rate(figures[place.id].facts if place.id in figures else Facts())
        groups[place.peer_group].append(Entry(place.id, share.x, share.n))
    found: dict[UUID, Standing] = {}
    for name, group in groups.items():
        key = names.cache_key("ranks", metric, name, period.first, period.last)
        found |= ranking.standings(group, ranks=_ranks(key, tuple(group)))
    return found


def trends(metric: Metric, last: date) -> Trends:
    """Twelve weekly values per visible hall, at most a minute old."""
    key = names.cache_key("trends", metric, last)
    until, found = _trends.get(key, (0.0, {}))
    if until > time.monotonic():
        return found
    found = rollups.weekly(metric, last)
    if len(_trends) >= _KEPT_MOST:
        _trends.clear()
    _trends[key] = (time.monotonic() + _KEPT_SECONDS, found)
    return found


def forget() -> None:
    """Drop kept ranks and trends, between tests."""
    _kept.clear()
    _trends.clear()


def _ranks(key: str, group: tuple[Entry, ...]) -> Ranks:
    until, before, ranks = _kept.get(key, (0.0, (), {}))
    same_halls = [e.hall for e in before] == [e.hall for e in group]
    if before == group or (same_halls and until > time.monotonic()):
        return ranks
    ranks = ranking.rank_intervals(group)
    if len(_kept) >= _KEPT_MOST:
        _kept.clear()
    _kept[key] = (time.monotonic() + _KEPT_SECONDS, group, ranks)
    return ranks
