"""Reading facts. Row-level security decides whose rows a hall sees: its own, its subtree's, or
the network's; nothing here filters by permission. Every name in the SQL is a constant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from bancheng.city.rollups import columns
from bancheng.city.rollups.facts import Facts
from bancheng.city.rollups.models import CauseDay, HallDay, HallLive, HallQuarter, WindowDay
from bancheng.city.rollups.quarters import COUNTS, Quarter
from bancheng.city.rollups.rates import RatioSums, share
from bancheng.kernel.hall import here

WEEKS = 12
TREND_MINIMUM = 6
_READ = (*columns.QUEUE, *columns.CASES, *columns.WAITS)


class Metric(StrEnum):
    """What halls are compared by."""

    ON_TIME = "on_time"
    SUBSTANTIVE = "substantive"
    WINDOW_LOAD = "window_load"
    WAIT = "wait"


class By(StrEnum):
    """What one row of `facts` stands for, on one day."""

    DAY = "day"
    WINDOW = "window"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figures:
    """Facts of a period, with the spread between its days."""

    facts: Facts
    wait: RatioSums
    load: RatioSums
    folded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """A hall as the city page names it; halls are compared inside one `peer_group` only."""

    id: UUID
    name: str
    level: str
    peer_group: str


_PARTS = {
    Metric.ON_TIME: ("on_time_n", "due_n"),
    Metric.SUBSTANTIVE: (
        "done + done_alt + 0.5 * partly",
        "closed_n - out_of_scope - withdrawn - merged",
    ),
    Metric.WINDOW_LOAD: ("service_sum_s", "staffed_seconds"),
    Metric.WAIT: ("wait_sum_s", "wait_n"),
}


def _spread(x: str, y: str) -> str:
    """What the interval of Σy ÷ Σx needs besides the two sums."""
    products = ((x, x), (x, y), (y, y))
    sums = (f"coalesce(sum({a}::float8 * {b}), 0)" for a, b in products)
    return ", ".join((f"count(*) FILTER (WHERE {x} > 0)", *sums))


_FIGURES = ", ".join(
    (
        columns.sums(_READ),
        _spread("wait_n", "wait_sum_s"),
        _spread("staffed_seconds", "service_sum_s"),
        "max(folded_at)",
    )
)
_WITHIN = "network_id = %s AND day BETWEEN %s AND %s"


def halls() -> list[Place]:
    """The current hall and those below it, by name."""
    sql = (
        "SELECT id, name, level, peer_group FROM tenants_hall"
        " WHERE id IN (SELECT hall_visible(current_user::text)) ORDER BY name, id"
    )
    return [Place(**row) for row in _rows(sql, [])]


def by_hall(period: Period) -> dict[UUID, Figures]:
    """The figures of every visible hall that has any."""
    sql = (
        f"SELECT {_FIGURES}, hall_id FROM rollups_hallday"  # noqa: S608
        f" WHERE {_WITHIN} GROUP BY hall_id"
    )
    return {row[-1]: _figures(row[:-1]) for row in _tuples(sql, _bounds(period))}


def whole(period: Period) -> Figures:
    """The figures of all visible halls together, with the spread between days of their sum."""
    days = (
        f"SELECT {columns.sums(_READ)}, max(folded_at) AS folded_at"  # noqa: S608
        f" FROM rollups_hallday WHERE {_WITHIN} GROUP BY day"
    )
    sql = f"SELECT {_FIGURES} FROM ({days}) d"  # noqa: S608
    return _figures(_tuples(sql, _bounds(period))[0])


def network(period: Period) -> Figures:
    """The same from the network's own tier, for the city hall."""
    sql = f"SELECT {_FIGURES} FROM rollups_networkday WHERE {_WITHIN}"  # noqa: S608
    return _figures(_tuples(sql, _bounds(period))[0])


def weekly(metric: Metric, last: date) -> dict[UUID, list[float | None]]:
    """Twelve weekly values per visible hall, oldest first, the last week ending on `last`.

    None where fewer than six were counted (frontend.md §2).
    """
    x, n = _PARTS[metric]
    sql = (
        "SELECT hall_id, (%s - day) / 7 AS back,"  # noqa: S608
        f" sum({x})::float8 AS x, sum({n}) AS n FROM rollups_hallday"
        f" WHERE {_WITHIN} GROUP BY hall_id, back"
    )
    first = last - timedelta(days=7 * WEEKS - 1)
    trends: dict[UUID, list[float | None]] = {}
    for row in _rows(sql, [last, here().network_id, first, last]):
        trend = trends.setdefault(row["hall_id"], [None] * WEEKS)
        if row["n"] >= TREND_MINIMUM:
            trend[WEEKS - 1 - row["back"]] = share(row["x"], row["n"])
    return trends


def facts(hall_id: UUID, period: Period, by: By) -> list[dict[str, Any]]:
    """One hall's stored rows of a period by day, and window or cause; empty if not visible."""
    model, part, names = _TIERS[by]
    rows = model.objects.filter(
        network_id=here().network_id, hall_id=hall_id, day__range=(period.first, period.last)
    )
    return list(rows.order_by("day", *part[:1]).values("day", *part, *names))


_TIERS: Mapping[By, tuple[type[HallDay | WindowDay | CauseDay], Sequence[str], Sequence[str]]] = {
    By.DAY: (HallDay, (), columns.ALL),
    By.WINDOW: (WindowDay, ("window_id", "label"), columns.ALL),
    By.CAUSE: (CauseDay, ("cause",), columns.CASES),
}


def moments() -> dict[UUID, dict[str, Any]]:
    """What goes on in every visible hall, with the instant it was seen (domain.md M-02)."""
    rows = HallLive.objects.filter(network_id=here().network_id)
    names = ("waiting", "serving", "open_windows", "oldest_wait_at", "folded_at")
    return {row.pop("hall_id"): row for row in rows.values("hall_id", *names)}


def _bounds(period: Period) -> list[Any]:
    return [here().network_id, period.first, period.last]


def _rows(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _tuples(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _figures(row: tuple[Any, ...]) -> Figures:
    """From the select list _FIGURES: facts, two ratios of four sums, the moment of folding."""
    facts = columns.of(row[: len(_READ)])
    wait_n, wait_xx, wait_xy, wait_yy, load_n, load_xx, load_xy, load_yy, at = row[len(_READ) :]
    wait = RatioSums(wait_n, facts.wait_n, facts.wait_sum_s, wait_xx, wait_xy, wait_yy)
    load = RatioSums(load_n, facts.staffed_seconds, facts.service_sum_s, load_xx, load_xy, load_yy)
    return Figures(facts, wait, load, at)


def quarters(day: date) -> list[Quarter]:
    """The load curve of a day of the current hall, as it was last folded."""
    found = HallQuarter.objects.filter(day=day, hall_id=here().id).order_by("quarter")
    return [Quarter(**row) for row in found.values("quarter", *COUNTS)]
