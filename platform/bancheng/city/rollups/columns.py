"""The columns of the fact tables, made from `Facts`: one place for names, SQL and reading back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from bancheng.city.rollups.facts import COUNTERS, MAXIMA, Facts
from bancheng.city.rollups.histogram import BUCKETS, EMPTY

QUEUE: tuple[str, ...] = COUNTERS[: COUNTERS.index("receptions")]
CASES: tuple[str, ...] = COUNTERS[COUNTERS.index("receptions") :]
WAITS: tuple[str, ...] = tuple(f"w{bucket:02}" for bucket in range(BUCKETS))
SERVICES: tuple[str, ...] = tuple(f"h{bucket:02}" for bucket in range(BUCKETS))
ALL: tuple[str, ...] = (*QUEUE, *CASES, *WAITS, *SERVICES)


def add_to(model: type[models.Model], names: Iterable[str]) -> None:
    """Give an abstract model a whole-number column, 0 by default, for every name."""
    for name in names:
        model.add_to_class(name, kind(name)(default=0, db_default=0))


def kind(name: str) -> "type[models.Field[Any, Any]]":
    """Seconds are summed over a whole network, so they need the larger type."""
    return models.BigIntegerField if name.endswith(("_sum_s", "_seconds")) else models.IntegerField


def values(facts: Facts, names: Iterable[str]) -> list[int]:
    """The figures of `names`, in their order."""
    row = {name: getattr(facts, name) for name in COUNTERS}
    row |= dict(zip(WAITS, facts.waits, strict=True))
    row |= dict(zip(SERVICES, facts.services, strict=True))
    return [row[name] for name in names]


def facts(row: Mapping[str, int]) -> Facts:
    """Facts from a stored row by column name; what was not selected is 0."""
    return of([row.get(name, 0) for name in ALL])


def of(figures: Sequence[int]) -> Facts:
    """Facts from the figures of ALL, or of its beginning up to the waits, in that order."""
    split = len(COUNTERS)
    counts: dict[str, Any] = dict(zip(COUNTERS, figures, strict=False))
    waits, services = figures[split : split + BUCKETS], figures[split + BUCKETS :]
    return Facts(waits=tuple(waits), services=tuple(services) or EMPTY, **counts)


def sums(names: Iterable[str]) -> str:
    """A select list that adds days or halls up to whole numbers, 0 of nothing; the longest stays
    the longest."""
    return ", ".join(
        f"coalesce({'max' if name in MAXIMA else 'sum'}({name}), 0)::bigint AS {name}"
        for name in names
    )
