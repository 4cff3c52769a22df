"""Whole rows of a model by plain statements: composing one of eighty columns costs the ORM several
times what the database needs for it (performance.md W1, W2). Which rows are meant is still said by
a query set, so that permissions stay the one rule."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, connection
from django.db.models import Field, JSONField, Model, QuerySet

M = TypeVar("M", bound=Model)


class Column:
    """One column: how its value is read from a row of the database, and written into one."""

    def __init__(self, field: "Field[Any, Any]") -> None:
        self.name, self.quoted = field.attname, f'"{field.column}"'
        self.key = field.column
        self.is_key = field.primary_key
        self.read = getattr(field, "from_db_value", None)
        self.is_list = isinstance(field, ArrayField)
        self._json = field if isinstance(field, JSONField) else None
        self.place = f"%s::{field.db_type(connection)}" if self.is_list else "%s"

    def written(self, value: Any) -> Any:
        """The value as a parameter."""
        return self._json.get_db_prep_save(value, connection) if self._json else value

    def kept(self, value: Any) -> Any:
        """The value as it is remembered: where it could be changed in place, apart from it."""
        if value is None or not (self.is_list or self._json):
            return value
        return tuple(value) if self.is_list else told(value)

    def differs(self, value: Any, kept: Any) -> bool:
        """Whether a value is another one than was remembered."""
        if kept is None or value is None:
            return value is not kept
        if self._json:
            return bool(value != json.loads(kept))
        return bool((tuple(value) if self.is_list else value) != kept)


class Shape(Generic[M]):
    """The columns of a model, named once for a process."""

    def __init__(self, model: type[M]) -> None:
        table = model._meta.db_table
        self.model, self.table, self.key = model, f'"{table}"', f'"{model._meta.pk.column}"'
        self.columns = [Column(field) for field in model._meta.concrete_fields]
        self.names = [column.name for column in self.columns]
        self.listed = ", ".join(f"{self.table}.{column.quoted}" for column in self.columns)
        self._read = [(place, one.read) for place, one in enumerate(self.columns) if one.read]
        self._lists = [place for place, one in enumerate(self.columns) if one.is_list]

    def made(self, found: Sequence[Any]) -> M:
        """The row as the ORM would make it; it remembers what is stored."""
        values, kept = list(found), list(found)
        for place, read in self._read:
            values[place] = read(values[place], None, connection)
        for place in self._lists:
            kept[place] = self.columns[place].kept(values[place])
        row = self.model.from_db(connection.alias, self.names, values)
        _remember(row, kept)
        return row

    def inserting(self) -> str:
        """A statement whose only parameter are the rows as JSON: a wide row is written and read as
        one value in a third of the time that its columns take one by one."""
        return (
            f"INSERT INTO {self.table} SELECT *"  # noqa: S608 - our own names
            f" FROM json_populate_recordset(NULL::{self.table}, %s)"
        )

    def whole(self, rows: Iterable[Model]) -> str:
        """Rows as that parameter."""
        return told([{one.key: row.__dict__[one.name] for one in self.columns} for row in rows])


@cache
def shape(model: type[M]) -> Shape[M]:
    """The shape of a model, made once."""
    return Shape(model)


def locked(found: QuerySet[M, M]) -> M | None:
    """The one row that is found, locked until the transaction ends; None when there is none."""
    return next(iter(_asked(found.order_by().select_for_update())), None)


def found(rows: QuerySet[M, M]) -> list[M]:
    """What a query set of whole rows finds, in its order, as `list(rows)` would give it."""
    if rows.query.select_related or rows.query.annotations:
        raise ValueError("these rows have more than their own columns")
    return _asked(rows)


def _asked(rows: QuerySet[M, M]) -> list[M]:
    """The key is named first among the columns, because an order may speak of it by its place."""
    try:
        sql, values = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    _, _, rest = sql.partition(" FROM ")
    return list(_read(rows.model, rest, values))


def where(model: type[M], condition: str, *values: Any) -> list[M]:
    """The rows of a condition in SQL, whose names are the code's own. As the ORM, it does not ask
    for what is among nothing."""
    if [] in values:
        return []
    shaped = shape(model)
    return list(_read(model, f"{shaped.table} WHERE {condition}", values))


def _read(model: type[M], rest: str, values: Sequence[Any]) -> Iterator[M]:
    shaped = shape(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shaped.listed} FROM {rest}", values)  # noqa: S608 - our own names
        yield from map(shaped.made, cursor.fetchall())


def insert(rows: Iterable[Model]) -> None:
    """Insert new rows of any tables in one statement; rows of one table stand together. References
    among them are checked at the end of the statement or later, as all foreign keys here are."""
    groups = [(model, list(group)) for model, group in groupby(rows, type)]
    if not groups:
        return
    values = [shape(model).whole(group) for model, group in groups]
    with connection.cursor() as cursor:
        cursor.execute(_together(tuple(model for model, _ in groups)), values)
    for row in (row for _, group in groups for row in group):
        row._state.adding, row._state.db = False, connection.alias


@cache
def _together(models: tuple[type[Model], ...]) -> str:
    parts = [shape(model).inserting() for model in models]
    named = [f"new{number} AS ({part})" for number, part in enumerate(parts[:-1])]
    return (f"WITH {', '.join(named)} " if named else "") + parts[-1]


def update(row: Model) -> None:
    """Write what changed of a row since it was read here; all of it when it was read elsewhere.
    Raises DatabaseError when it is not there any more."""
    shaped = shape(type(row))
    sets = [(one, row.__dict__[one.name]) for one in _changed(row, shaped)]
    if not sets:
        return
    names = ", ".join(f"{one.quoted} = {one.place}" for one, _ in sets)
    sql = f"UPDATE {shaped.table} SET {names} WHERE {shaped.key} = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(one.written(value) for one, value in sets), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"no row of {shaped.table} to update")
    _remember(row, [one.kept(row.__dict__[one.name]) for one in shaped.columns])


def _changed(row: Model, shaped: Shape[Any]) -> list[Column]:
    kept: list[Any] | None = getattr(row._state, "kept", None)
    if kept is None:
        return [one for one in shaped.columns if not one.is_key]
    pairs = zip(shaped.columns, kept, strict=True)
    return [one for one, before in pairs if one.differs(row.__dict__[one.name], before)]


def _remember(row: Model, kept: list[Any]) -> None:
    """What the database holds of a row, so that an update writes only what changed."""
    row._state.kept = kept  # type: ignore[attr-defined]


def _text(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it."""
    match value:
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return f"\\x{bytes(value).hex()}"
    raise TypeError(f"{type(value).__name__} is no value of a column")


told = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_text).encode
"""A value as PostgreSQL reads it as JSON."""
