"""Writing facts: one statement per tier, computed from nothing but its arguments, so that a
repeated or interrupted fold ends in the same rows. Every name in the SQL is a constant of
this package; every value is a parameter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from bancheng.city.rollups import columns
from bancheng.city.rollups.facts import Facts
from bancheng.city.rollups.quarters import COUNTS, Quarter
from bancheng.city.rollups.sources import Moment
from bancheng.kernel import clock
from bancheng.kernel.database import records
from bancheng.kernel.hall import here

_WRITTEN = ("network_id", "hall_id", "hall_role", "folded_at")


def _written() -> list[Any]:
    ref = here()
    return [ref.network_id, ref.id, ref.role, clock.now()]


def put_windows(day: date, parts: Mapping[UUID, Facts], labels: Mapping[UUID, str]) -> None:
    """Replace the windows of the current hall's day."""
    _drop_others("windowday", "window_id <> ALL(%s::uuid[])", day, list(parts))
    written = _written()
    rows = [
        [*written, day, window, labels.get(window, ""), *columns.values(facts, columns.ALL)]
        for window, facts in parts.items()
    ]
    names = (*_WRITTEN, "day", "window_id", "label", *columns.ALL)
    _upsert("windowday", names, ("network_id", "day", "hall_id", "window_id"), rows)


def put_causes(day: date, parts: Mapping[str, Facts]) -> None:
    """Replace the causes of the current hall's day."""
    _drop_others("causeday", "cause <> ALL(%s::text[])", day, list(parts))
    written = _written()
    rows = [
        [*written, day, cause, *columns.values(facts, columns.CASES)]
        for cause, facts in parts.items()
    ]
    names = (*_WRITTEN, "day", "cause", *columns.CASES)
    _upsert("causeday", names, ("network_id", "day", "hall_id", "cause"), rows)


def put_hall(day: date, whole: Facts) -> None:
    """Replace the current hall's day."""
    names = (*_WRITTEN, "day", *columns.ALL)
    row = [*_written(), day, *columns.values(whole, columns.ALL)]
    _upsert("hallday", names, ("network_id", "day", "hall_id"), [row])


def put_quarters(day: date, found: Iterable[Quarter]) -> None:
    """Replace the load curve of the current hall's day."""
    rows_of = list(found)
    kept = [row.quarter for row in rows_of]
    _drop_others("hallquarter", "quarter <> ALL(%s::smallint[])", day, kept)
    written = _written()
    rows = [
        [*written, day, row.quarter, *(getattr(row, name) for name in COUNTS)] for row in rows_of
    ]
    names = (*_WRITTEN, "day", "quarter", *COUNTS)
    _upsert("hallquarter", names, ("network_id", "day", "hall_id", "quarter"), rows)


def put_moment(moment: Moment) -> None:
    """Replace what is known of the current hall's queue."""
    figures = ("waiting", "serving", "open_windows", "oldest_wait_at")
    row = [*_written(), *(getattr(moment, name) for name in figures)]
    _upsert("halllive", (*_WRITTEN, *figures), ("hall_id",), [row])


def put_folded_to(at: datetime) -> None:
    """Note that every change of the current hall up to `at` is in its facts."""
    _upsert("rollupstate", (*_WRITTEN, "folded_to"), ("hall_id",), [[*_written(), at]])


def sum_network(days: Iterable[date]) -> None:
    """Replace days of the current hall's network by the sum of all halls it sees.

    Call it in the city hall, which sees the whole network.
    """
    key = ("network_id", "day")
    names = (*_WRITTEN, "day", *columns.ALL)
    sql = (
        f"INSERT INTO rollups_networkday ({', '.join(names)})"  # noqa: S608
        f" SELECT %s, %s, %s, %s, day, {columns.sums(columns.ALL)} FROM rollups_hallday"
        " WHERE network_id = %s AND day = ANY(%s) GROUP BY day"
        f" {_on_conflict(key, names)}"
    )
    written = _written()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*written, written[0], sorted(days)])


def lock() -> None:
    """Let one fold of the current hall run at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rollups:{here().id}"]
        )


def _drop_others(table: str, others: str, day: date, kept: list[Any]) -> None:
    ref = here()
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM rollups_{table}"  # noqa: S608
            " WHERE network_id = %s AND day = %s AND hall_id = %s"
            f" AND {others}",
            [ref.network_id, day, ref.id, kept],
        )


def _upsert(
    table: str, names: Sequence[str], key: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """The rows go as one value: a hundred columns one by one cost several times as much."""
    if rows:
        told = records.told([dict(zip(names, row, strict=True)) for row in rows])
        with connection.cursor() as cursor:
            cursor.execute(_upserting(table, tuple(names), tuple(key)), [told])


@cache
def _upserting(table: str, names: tuple[str, ...], key: tuple[str, ...]) -> str:
    listed = ", ".join(names)
    return (
        f"INSERT INTO rollups_{table} ({listed}) SELECT {listed}"  # noqa: S608
        f" FROM json_populate_recordset(NULL::rollups_{table}, %s) {_on_conflict(key, names)}"
    )


def _on_conflict(key: Sequence[str], names: Sequence[str]) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
