"""The denominators of performance.md §4: what the same thing costs with nothing around it."""

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from bancheng.city.rollups import columns
from bancheng.kernel import clock, ids
from tenants import schemas
from tests.benchmarks.measuring import Act, Side
from tests.benchmarks.world import World

WHERE = ("client", "db")
_TABLES = (
    "CREATE SCHEMA floor",
    "CREATE TABLE floor.item (id uuid PRIMARY KEY, number text NOT NULL, state text NOT NULL,"
    " title text NOT NULL, detail text NOT NULL, version int NOT NULL, at timestamptz NOT NULL)",
    "CREATE INDEX item_newest ON floor.item (at DESC, id DESC)",
    "CREATE TABLE floor.event (id uuid PRIMARY KEY, item_id uuid NOT NULL REFERENCES floor.item,"
    " seq int NOT NULL, kind text NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL,"
    " UNIQUE (item_id, seq))",
    "CREATE TABLE floor.letter (id uuid PRIMARY KEY, item_id uuid NOT NULL, body jsonb NOT NULL)",
)
_ITEM = "INSERT INTO floor.item VALUES (%s, %s, 'registered', %s, %s, 1, %s)"
_EVENT = "INSERT INTO floor.event VALUES (%s, %s, 1, 'registered', %s, %s)"


class Floors:
    """Raw psycopg on one superuser connection to the same database, ordinary (durable) commits."""

    def __init__(self, world: World) -> None:
        self.world = world
        for statement in _TABLES:
            world.root.execute(statement)
        self._line = world.superuser()

    def d1(self, count: int) -> Side:
        """D1: a durable case and its event; BEGIN, two rows, COMMIT are four round trips."""
        return Side(lambda: [self._write] * count, WHERE)

    def _write(self) -> None:
        with self._line.transaction():
            self._pair()

    def _pair(self) -> None:
        item, now = ids.new_id(), clock.now()
        texts = ("结婚证姓名不一致", "婚姻登记时笔误。")
        self._line.execute(_ITEM, [item, item.hex[-12:], *texts, now])
        data = json.dumps({"state": "registered"})
        self._line.execute(_EVENT, [ids.new_id(), item, now, data])

    def letter(self, count: int) -> Side:
        """Two case and event transactions and one shared row: a referral with nothing around it."""
        return Side(lambda: [self._send] * count, WHERE)

    def _send(self) -> None:
        self._write()
        with self._line.transaction():
            self._pair()
            body = json.dumps({"title": "结婚证姓名不一致", "want": "补领正确的结婚证。"})
            insert = "INSERT INTO floor.letter VALUES (%s, %s, %s)"
            self._line.execute(insert, [ids.new_id(), uuid4(), body])

    def cases(self, asked: str, count: int, rows: int = 25) -> Side:
        """One read of 25 cases with what a list shows of them, by bare SQL."""
        read = (
            "SELECT id, number, title, state, cause, blocking_reason, urgency, confidential,"
            " registered_at, due_at, lead_unit, lead_unit_name, first_responder_name, version"
            f" FROM {self.world.street.schema_name}.cases_case {asked} LIMIT 25"
        )
        return Side(lambda: [lambda: self._read(read, [], rows)] * count, WHERE)

    def history(self, case_ids: Sequence[UUID], count: int) -> Side:
        """One case by its key and its events in order."""
        schema = self.world.street.schema_name
        one = f"SELECT * FROM {schema}.cases_case WHERE id = %s"
        events = f"SELECT * FROM {schema}.cases_caseevent WHERE case_id = %s ORDER BY seq"

        def act(case_id: UUID) -> Act:
            def read() -> None:
                self._read(one, [case_id], 1)
                self._read(events, [case_id], None)

            return read

        return Side(lambda: [act(one) for one in random.sample(list(case_ids), count)], WHERE)

    def page(self, count: int) -> Side:
        """D4: 30 days of all halls, sums and waiting histogram, in one statement."""
        sums = columns.sums((*columns.QUEUE, *columns.CASES, *columns.WAITS))
        read = (
            f"SELECT hall_id, {sums} FROM rollups_hallday"
            " WHERE network_id = %s AND day BETWEEN %s AND %s GROUP BY hall_id"
        )
        today, halls = clock.today(), len(self.world.halls)
        values = [self.world.network.id, today - timedelta(days=29), today]
        return Side(lambda: [lambda: self._read(read, values, halls)] * count, WHERE)

    def _read(self, query: str, values: Sequence[object], expected: int | None) -> None:
        rows = self._line.execute(query, values).fetchall()
        assert expected is None or len(rows) == expected

    def replay(self, count: int) -> Side:
        """D5: the tables of a hall from their written SQL, sent as one batch, committed."""
        batch = ";\n".join([schemas._MIGRATIONS_TABLE, *schemas.template()]).encode()
        return Side(lambda: [lambda: _replay(self._line, batch)] * count, WHERE)

    def drop_replayed(self) -> None:
        """Take the raw schemas away again; not measured."""
        names = self.world.root.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'raw\\_%'"
        ).fetchall()
        for (name,) in names:
            self.world.root.execute(f"DROP SCHEMA {name} CASCADE")


def _replay(line: psycopg.Connection, batch: bytes) -> None:
    name = f"raw_{uuid4().hex[:10]}"
    with line.transaction():
        line.execute(f"CREATE SCHEMA {name}")
        line.execute(f"SET LOCAL search_path = {name}, public")
        line.pgconn.exec_(batch)
        line.execute("SELECT count(*) FROM cases_case").fetchone()
