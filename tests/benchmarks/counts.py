"""W15: what is counted and not timed: relations, borders, statements per request."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from tests.benchmarks.measuring import Workload
from tests.benchmarks.world import DATABASE, World

_RELATIONS = (
    "SELECT count(*) FILTER (WHERE relnamespace = %s::regnamespace), count(*),"
    " count(*) FILTER (WHERE relkind = 'r' AND relnamespace = %s::regnamespace)"
    " FROM pg_class WHERE relnamespace = %s::regnamespace OR oid IN"
    " (SELECT reltoastrelid FROM pg_class WHERE relnamespace = %s::regnamespace"
    " UNION SELECT i.indexrelid FROM pg_index i JOIN pg_class t ON t.reltoastrelid = i.indrelid"
    " WHERE t.relnamespace = %s::regnamespace)"
)
_CROSSING = (
    "SELECT count(*) FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid"
    " JOIN pg_class b ON b.oid = k.confrelid"
    " WHERE k.contype = 'f' AND a.relnamespace <> b.relnamespace"
)
_LINE = rf"bancheng_web@{DATABASE} LOG: +(?:execute [^:]+|statement): +(\w+)(?: (\w+))?"
_logged = re.compile(_LINE).search


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the table: what, how many, how many it may be."""

    what: str
    found: str
    budget: str = ""


def catalogue(world: World) -> list[Count]:
    """Of one hall, and of all borders."""
    row = world.root.execute(_RELATIONS, [world.street.schema_name] * 5).fetchone()
    crossing = world.root.execute(_CROSSING).fetchone()
    assert row is not None
    assert crossing is not None
    return [
        Count("relations per hall, TOAST apart (ADR 18)", str(row[0]), "≤ 260, stretch ≤ 220"),
        Count("relations per hall, TOAST included", str(row[1])),
        Count("tables per hall", str(row[2]), "≤ 50 (ADR 18)"),
        Count("foreign keys across a border", str(crossing[0]), "0"),
    ]


def statements(world: World, workloads: Sequence[Workload]) -> list[Count]:
    """Statements per request of the workloads that go through HTTP, by the database's own log:
    BEGIN, COMMIT and every `SET ROLE` with its search path are counted.

    The first pass goes uncounted: connections are new, and a process keeps what it read.
    """
    world.root.execute(f"ALTER DATABASE {DATABASE} SET log_statement = 'all'")
    world.root.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE usename = 'bancheng_web'"
    )
    connections.close_all()
    log = world.services.logs / "postgres.log"
    asked = [one for one in workloads if "app" in one.product.where]
    for one in asked:
        for act in one.product.prepare():
            act()
    return [_counted(one, log) for one in asked]


def _counted(workload: Workload, log: Path) -> Count:
    acts = workload.product.prepare()
    began = log.stat().st_size
    for act in acts:
        act()
    with log.open("rb") as file:
        file.seek(began)
        lines = file.read().decode().splitlines()
    words = [found.groups() for line in lines if (found := _logged(line))]
    switches = sum(word == ("SET", "ROLE") for word in words)
    each = f"{len(words) / len(acts):.1f}, of them {switches / len(acts):.1f} SET ROLE"
    return Count(f"statements: {workload.name}", each)
