"""Keyset pages: no COUNT, no OFFSET; page 40 costs what page 1 costs."""

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from bancheng.kernel.errors import Invalid

LIMIT = 25
MOST = 200
_number = re.compile(r"[0-9]{1,3}").fullmatch
_unstorable = re.compile("[\0\ud800-\udfff]").search


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the cursor of the next, if there is one."""

    rows: list[Any]
    next: str | None


def limit_of(request: HttpRequest) -> int:
    """`?limit=` within 1…200, default 25; raises Invalid."""
    raw = request.GET.get("limit", str(LIMIT))
    if not _number(raw) or not 1 <= int(raw) <= MOST:
        raise Invalid(errors={"limit": ["out_of_range"]})
    return int(raw)


def page(rows: QuerySet[Any, Any], *, order: Sequence[str], request: HttpRequest) -> Page:
    """One page of `rows`. `order` names the sort fields, the last one unique; "-" is descending.

    Works on querysets of models and of `values()`. Sort fields must not be null.
    """
    limit = limit_of(request)
    cursor = request.GET.get("cursor")
    if cursor:
        rows = _resumed(rows, order, cursor)
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    return Page(found[:limit], _encode(order, found[limit - 1]))


def _resumed(rows: QuerySet[Any, Any], order: Sequence[str], cursor: str) -> QuerySet[Any, Any]:
    """The rows past a cursor; raises Invalid for values that the sort fields cannot hold."""
    return past(rows, order, values_of(cursor, len(order)))


def past(rows: QuerySet[Any, Any], order: Sequence[str], values: list[Any]) -> QuerySet[Any, Any]:
    """The rows past the one with these sort values; raises Invalid where the fields cannot hold
    them."""
    try:
        return rows.filter(_after(order, values))
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise Invalid(errors={"cursor": ["invalid"]}) from error


def _after(order: Sequence[str], values: list[Any]) -> Q:
    """(a, b) past (x, y): a past x, or a equal x and b past y.

    The bound on the first field alone repeats what follows, and lets its index begin there.
    """
    beyond, equal = Q(), Q()
    first, bound = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    for name, value in zip(order, values, strict=True):
        field, compare = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{field}__{compare}": value})
        equal &= Q(**{field: value})
    return Q(**{f"{first}__{bound}": values[0]}) & beyond


def _encode(order: Sequence[str], row: Any) -> str:
    names = [name.lstrip("-") for name in order]
    return cursor_of(row[name] if isinstance(row, dict) else getattr(row, name) for name in names)


def cursor_of(values: Iterable[Any]) -> str:
    """Values as an opaque word for an address."""
    raw = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, datetime | date)
        else str(value)
        if isinstance(value, UUID)
        else value
    )


def values_of(cursor: str, width: int) -> list[Any]:
    """What `cursor_of` was given, so many of them; raises Invalid."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Invalid(errors={"cursor": ["invalid"]}) from error
    if not isinstance(values, list) or len(values) != width or not all(map(_scalar, values)):
        raise Invalid(errors={"cursor": ["invalid"]})
    return list(values)


def _scalar(value: object) -> bool:
    """A text that PostgreSQL can hold, or a number."""
    return isinstance(value, int) or (isinstance(value, str) and not _unstorable(value))
