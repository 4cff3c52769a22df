"""Pages of cases and walks through all of them: keyset, never a COUNT, never an OFFSET."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from apps.cases.listing.sorts import Part, Sort
from apps.cases.models import Case
from bancheng.kernel.api.paging import Page, cursor_of, past, values_of
from bancheng.kernel.database.listed import listed
from bancheng.kernel.errors import Invalid

BATCH = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """Past which row of which part a page begins; before the first without values."""

    part: int
    values: tuple[Any, ...] = ()


_START = _Place(0)


def page(
    rows: QuerySet[Case, Case],
    sort: Sort,
    *,
    limit: int,
    cursor: str = "",
    columns: Sequence[str],
) -> Page:
    """One page of rows as dictionaries of `columns` and the sort's own fields; raises Invalid.

    A cursor belongs to its sort. A page that spans two parts takes two queries, others one.
    """
    place = _place(sort, cursor) if cursor else _START
    found = _read(rows, sort, place, limit + 1, columns)
    if len(found) <= limit:
        return Page([row for _, row in found], None)
    part, last = found[limit - 1]
    return Page([row for _, row in found[:limit]], _cursor(sort, part, last))


def walk(
    rows: QuerySet[Case, Case], sort: Sort, *, columns: Sequence[str], batch: int = BATCH
) -> Iterator[list[Row]]:
    """The whole list in batches; holds one at a time. Not one snapshot: what moves behind the walk
    may be met again or not at all, what stands still is met once."""
    place: _Place | None = _START
    while place is not None:
        found = _read(rows, sort, place, batch, columns)
        if found:
            yield [row for _, row in found]
        place = None
        if len(found) == batch:
            part, last = found[-1]
            place = _Place(part, _values(sort.parts[part], last))


def _read(
    rows: QuerySet[Case, Case], sort: Sort, place: _Place, most: int, columns: Sequence[str]
) -> list[tuple[int, Row]]:
    """Up to `most` rows from a place on, each with the number of its part."""
    found: list[tuple[int, Row]] = []
    for number, part in enumerate(sort.parts[place.part :], place.part):
        wanted = rows.filter(part.when) if part.when else rows
        if place.values and number == place.part:
            wanted = past(wanted, part.order, list(place.values))
        order = _gathered(part.order) if sort.gathered else part.order
        names = dict.fromkeys((*columns, *_fields(part)))
        ordered = listed(wanted.order_by(*order)[: most - len(found)], tuple(names))
        found += [(number, row) for row in ordered]
        if len(found) == most:
            break
    return found


def _gathered(order: Sequence[str]) -> list[OrderBy]:
    """The same order under an expression that no index knows."""
    return [
        OrderBy(Coalesce(name.lstrip("-"), name.lstrip("-")), descending=name.startswith("-"))
        for name in order
    ]


def _fields(part: Part) -> list[str]:
    return [name.lstrip("-") for name in part.order]


def _values(part: Part, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _fields(part))


def _cursor(sort: Sort, part: int, row: Mapping[str, Any]) -> str:
    return cursor_of([sort.name, part, *_values(sort.parts[part], row)])


def _place(sort: Sort, cursor: str) -> _Place:
    """Where a cursor points; raises Invalid for another sort's."""
    name, part, *values = values_of(cursor, 2 + len(sort.parts[0].order))
    if name != sort.name or part not in range(len(sort.parts)):
        raise Invalid(errors={"cursor": ["invalid"]})
    return _Place(part, tuple(values))
