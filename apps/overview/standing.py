"""Standings inside peer groups, with the simulated ranks kept for a minute.

Simulating costs up to 0.2 s for 320 halls, and every closed case changes the input a little, so
ranks may lag by a minute; the rates, bars and bands beside them never do.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from uuid import UUID

from bancheng.city.rollups import metrics, ranking
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
_KEPT_SECONDS = 60.0
_KEPT_MOST = 500
_kept: dict[str, tuple[float, tuple[Entry, ...], Ranks]] = {}


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


def forget() -> None:
    """Drop the kept ranks, between tests."""
    _kept.clear()


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
