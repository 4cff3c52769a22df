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
    """`head` is `SELECT … FROM …` with the tables `joined` for the columns and stands where the ORM
    wrote `replaced`; `converters` turn a value of the database into the field's, by name."""

    names: tuple[str, ...]
    head: str
    replaced: str
    joined: frozenset[str]
    converters: tuple[tuple[str, Converter], ...]


def listed(found: QuerySet[Any, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """What `found.values(*names)` gives, at two thirds of its cost. The key is named first, because
    an order may speak of it by its place."""
    model: type[Model] = found.model
    columns = _columns(model, tuple(names))
    chosen = found.values_list("pk").query
    if columns.joined & set(chosen.alias_map):  # the same table twice: for the ORM to tell apart
        return [dict(row) for row in found.values(*names)]
    try:
        sql, values = chosen.sql_with_params()
    except EmptyResultSet:
        return []
    if not sql.startswith(columns.replaced):
        raise ValueError("these rows are not read from their own table")
    with connection.cursor() as cursor:
        cursor.execute(columns.head + sql[len(columns.replaced) :], values)
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
    if names[0] not in ("pk", model._meta.pk.name):
        raise ValueError("the key is named first")
    query = model._base_manager.values(*names).query
    compiler = query.get_compiler(connection=connection)
    head, _ = compiler.as_sql()
    found = compiler.get_converters([chosen[0] for chosen in compiler.select])
    converters = ((names[place], _converter(of, by)) for place, (by, of) in found.items())
    table, key = model._meta.db_table, model._meta.pk.column
    return _Columns(
        names,
        head,
        f'SELECT "{table}"."{key}" AS "pk" FROM "{table}"',  # noqa: S608 - a model's own names
        frozenset(query.alias_map) - {table},
        tuple(converters),
    )
