"""W9 and W10: a new hall, asking who is behind, one column more in every hall."""

from collections.abc import Sequence
from itertools import count

from django.db import migrations, models

from tenants import schema_sql, schemas
from tests.benchmarks.floors import Floors
from tests.benchmarks.measuring import Act, Side, Workload
from tests.benchmarks.world import World

WHERE = ("client", "db")


def opening(world: World, floors: Floors, at_once: int) -> Workload:
    """W9: schema, tables, role, grants, keys, host."""

    def prepare() -> list[Act]:
        return [lambda: world.halls.append(world.new_hall())] * at_once

    return Workload(
        *("W9", "open a hall", Side(prepare, WHERE), "D5: its tables as one SQL batch"),
        *(floors.replay(at_once), "≤ 0.2 s", 200_000.0, "≤ 0.12 s"),
    )


class Migrating:
    """W10: halls that are behind by one invented migration after the other."""

    def __init__(self, world: World) -> None:
        self._world, self._number = world, count(1)
        self._line = world.superuser()

    def workloads(self) -> list[Workload]:
        halls = len(self._world.halls)
        ask, probe = Side(lambda: [_nobody_is_behind], WHERE), Side(lambda: [self._probe], WHERE)
        add, raw = Side(self._added, WHERE), Side(self._raw, WHERE)
        return [
            Workload(
                *("W10", f"is any of {halls} halls behind", ask, "the same question in raw SQL"),
                *(probe, "≤ 0.5 s of 320", 500_000.0 * halls / 320, "≤ 0.2 s"),
            ),
            Workload(
                *("W10", f"one AddField, {halls} halls", add, "ALTER TABLE in raw transactions"),
                *(raw, "≤ 10 s of 320", 10_000_000.0 * halls / 320, "≤ 3 s"),
            ),
        ]

    def _probe(self) -> None:
        parts = [
            f"SELECT '{ref.schema_name}', app, name FROM {ref.schema_name}.django_migrations"
            for ref in self._world.halls
        ]
        assert self._line.execute(" UNION ALL ".join(parts)).fetchall()

    def _added(self) -> list[Act]:
        invent(f"bench_{next(self._number)}")

        def act() -> None:
            report = schemas.migrate_halls()
            assert len(report.migrated) == len(self._world.halls), report

        return [act]

    def _raw(self) -> list[Act]:
        column = f"raw_{next(self._number)}"

        def act() -> None:
            for ref in self._world.halls:
                with self._line.transaction():
                    self._line.execute(
                        f"ALTER TABLE {ref.schema_name}.cases_reception ADD COLUMN {column} integer"
                    )

        return [act]


def _nobody_is_behind() -> None:
    assert list(schemas.behind()) == [()]


def invent(name: str) -> None:
    """A migration of this process alone, after the newest one of the cases."""
    graph = schema_sql.loader().graph
    before: Sequence[str] = graph.leaf_nodes("cases")[0]

    class Invented(migrations.Migration):
        dependencies = [(before[0], before[1])]
        operations = [migrations.AddField("reception", name, models.IntegerField(null=True))]

    made = Invented(name, "cases")
    graph.add_node(("cases", name), made)
    graph.add_dependency(made, ("cases", name), (before[0], before[1]))
    schema_sql.wanted.cache_clear()
