"""Finding one hall by host, schema or id, remembered for half a minute per process.

Asked as nobody through one SECURITY DEFINER function that gives a single row, so that even the
list of halls cannot be read without being in one (security.md §3.1).
"""

import time
from typing import Literal
from uuid import UUID

from django.db import connection

from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, Level, hall

Kind = Literal["host", "schema", "id"]
_REMEMBERED_SECONDS = 30.0
_found: dict[tuple[Kind, str], tuple[float, HallRef | None]] = {}


def by_host(host: str) -> HallRef | None:
    """The hall a host name (without port) leads to."""
    return _look_up("host", host.lower())


def by_schema(schema_name: str) -> HallRef:
    """The hall of a schema; raises NotFound."""
    return _required(_look_up("schema", schema_name))


def by_id(hall_id: UUID) -> HallRef:
    """The hall of an id; raises NotFound."""
    return _required(_look_up("id", str(hall_id)))


def forget() -> None:
    """Drop everything remembered: after a change, and between tests."""
    _found.clear()


def _required(ref: HallRef | None) -> HallRef:
    if ref is None:
        raise NotFound
    return ref


def _look_up(kind: Kind, value: str) -> HallRef | None:
    known = _found.get((kind, value))
    if known is not None and known[0] > time.monotonic():
        return known[1]
    ref = _ask(kind, value)
    if len(_found) > 10_000:
        _found.clear()
    _found[kind, value] = (time.monotonic() + _REMEMBERED_SECONDS, ref)
    return ref


def _ask(kind: Kind, value: str) -> HallRef | None:
    with hall(None), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hall_lookup(%s, %s)", [kind, value])
        row = cursor.fetchone()
        columns = [column.name for column in cursor.description]
    if row is None:
        return None
    return HallRef(**dict(zip(columns, row, strict=True)) | {"level": Level(row[5])})
