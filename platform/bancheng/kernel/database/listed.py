"""Plain rows of what a queryset describes, for lists that are read all day.

The ORM writes both halves of the statement: which columns, once for each choice of them; which rows
in what order, for every page anew, so that what somebody may see is asked for in one way only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import JSONField, Model, QuerySet

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Columns:
    """`head` is `SELECT … FROM …` with the tables joined for the columns, `key` what names a row in
    it; `converters` turn a value of the database into the field's, by name."""

    names: tuple[str, ...]
    head: str
    key: str
    converters: tuple[tuple[str, Converter], ...]


def listed(found: QuerySet[Any, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """What `found.values(*names)` gives, at two thirds of its cost. Whatever has to be gathered and
    sorted to know which rows these are is keys only; the columns are fetched for the rest."""
    model: type[Model] = found.model
    columns = _columns(model, tuple(names))
    try:
        keys, values = found.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"{columns.head} JOIN unnest(ARRAY({keys})) WITH ORDINALITY AS page(key, place)"
            f" ON page.key = {columns.key} ORDER BY page.place",
            values,
        )
        rows = cursor.fetchall()
    return [_row(columns, row) for row in rows]


def _row(columns: _Columns, values: tuple[Any, ...]) -> dict[str, Any]:
    row = dict(zip(columns.names, values, strict=True))
    for name, convert in columns.converters:
        row[name] = convert(row[name])
    return row


def _converter(expression: Any, converters: Sequence[Callable[..., Any]]) -> Converter:
    """JSON without a decoder of its own is read by orjson, everything else as the ORM reads it."""
    field = expression.output_field
    if type(field) is JSONField and field.decoder is None:
        return _json

    def converted(value: Any) -> Any:
        for convert in converters:
            value = convert(value, expression, connection)
        return value

    return converted


def _json(value: str | None) -> Any:
    return None if value is None else orjson.loads(value)


@cache
def _columns(model: type[Model], names: tuple[str, ...]) -> _Columns:
    """Written once: a choice of columns never changes while a process lives."""
    compiler = model._base_manager.values(*names).query.get_compiler(connection=connection)
    head, _ = compiler.as_sql()
    found = compiler.get_converters([chosen[0] for chosen in compiler.select])
    converters = ((names[place], _converter(of, by)) for place, (by, of) in found.items())
    key = f'"{model._meta.db_table}"."{model._meta.pk.column}"'
    return _Columns(names, head, key, tuple(converters))
