"""The comparison of halls and the way down: hall, window, day, number of cases."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.overview import standing
from apps.overview.permissions import require_overview
from bancheng.city.rollups import columns, metrics
from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups.facts import Facts, total
from bancheng.city.rollups.metrics import Load
from bancheng.city.rollups.queries import By, Figures, Metric, Period, Place
from bancheng.city.rollups.ranking import Standing
from bancheng.city.rollups.rates import RatioSums
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import Level, here

NOTHING = Figures(Facts(), RatioSums(0, 0, 0, 0, 0, 0), RatioSums(0, 0, 0, 0, 0, 0), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One hall in the comparison."""

    place: Place
    figures: Figures
    on_time: Standing
    substantive: Standing
    trend: list[float | None] | None
    moment: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All halls the asker's hall sees, and their sum."""

    period: Period
    metric: Metric
    rows: list[Row]
    whole: Figures


@dataclass(frozen=True, slots=True)
class WindowPeriod:
    """One window over a period, with the daily loads that its state comes from."""

    window: UUID
    label: str
    facts: Facts
    state: Load


@dataclass(frozen=True, slots=True)
class Drill:
    """One hall, opened: its row in the comparison, its windows, its days (stored rows)."""

    row: Row
    windows: list[WindowPeriod]
    days: list[dict[str, Any]]


def comparison(*, period: Period, metric: Metric, by: Actor) -> Comparison:
    """Every visible hall beside its peers; raises Forbidden."""
    require_overview(by)
    is_city = here().level == Level.CITY
    whole = rollups.network(period) if is_city else rollups.whole(period)
    return Comparison(period, metric, _rows(period, metric), whole)


def drill(*, hall_id: UUID, period: Period, metric: Metric, by: Actor) -> Drill:
    """One visible hall opened; raises Forbidden, and NotFound for any other."""
    require_overview(by)
    row = next((row for row in _rows(period, metric) if row.place.id == hall_id), None)
    if row is None:
        raise NotFound
    by_window = rollups.facts(hall_id, period, By.WINDOW)
    return Drill(row, _windows(by_window), rollups.facts(hall_id, period, By.DAY))


def facts(*, hall_id: UUID, period: Period, part: By, by: Actor) -> list[dict[str, Any]]:
    """Stored rows of one visible hall; raises Forbidden, and NotFound for any other."""
    require_overview(by)
    if all(place.id != hall_id for place in rollups.halls()):
        raise NotFound
    return rollups.facts(hall_id, period, part)


def _rows(period: Period, metric: Metric) -> list[Row]:
    places, figures = rollups.halls(), rollups.by_hall(period)
    on_time = standing.standings(places, figures, Metric.ON_TIME, period)
    substantive = standing.standings(places, figures, Metric.SUBSTANTIVE, period)
    trends, moments = standing.trends(metric, period.last), rollups.moments()
    return [
        Row(
            place,
            figures.get(place.id, NOTHING),
            on_time[place.id],
            substantive[place.id],
            trends.get(place.id),
            moments.get(place.id),
        )
        for place in places
    ]


def _windows(rows: list[dict[str, Any]]) -> list[WindowPeriod]:
    """Windows by label; the label is the newest one."""
    days: dict[UUID, list[Facts]] = defaultdict(list)
    labels: dict[UUID, str] = {}
    for row in rows:
        days[row["window_id"]].append(columns.facts(row))
        labels[row["window_id"]] = row["label"]
    found = [
        WindowPeriod(window, labels[window], total(parts), _state(parts))
        for window, parts in days.items()
    ]
    return sorted(found, key=lambda one: (one.label, one.window))


def _state(days: list[Facts]) -> Load:
    return metrics.load_state([metrics.window_load(day) for day in days])
