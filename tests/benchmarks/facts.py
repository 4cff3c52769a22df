"""Half a year of figures of 50 halls for the city page: invented, and consistent in themselves."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from psycopg import sql

from bancheng.city.rollups import columns
from bancheng.city.rollups.facts import Facts, total
from bancheng.city.rollups.histogram import histogram
from bancheng.kernel import clock
from tests.benchmarks.world import World

DAYS = 190


def fill(world: World) -> None:
    """One row per hall and day, and their sum per day."""
    chance = random.Random(20261122)
    today = clock.today()
    days = [today - timedelta(days=back) for back in range(DAYS)]
    facts = {(day, ref.id): _invented(chance) for day in days for ref in world.halls}
    _put(world, "rollups_hallday", _hall_rows(world, facts))
    _put(world, "rollups_networkday", _network_rows(world, days, facts))
    world.root.execute("VACUUM (ANALYZE) rollups_hallday, rollups_networkday")


def _invented(chance: random.Random) -> Facts:
    called, cases = chance.randint(5, 40), chance.randint(2, 12)
    waits = [chance.randint(5, 2400) for _ in range(called)]
    services = [chance.randint(60, 1800) for _ in range(called)]
    done, alt, partly = (chance.randint(0, cases // 2) for _ in range(3))
    due = chance.randint(1, cases)
    return Facts(
        tickets=called,
        called=called,
        served=called,
        wait_n=called,
        wait_sum_s=sum(waits),
        wait_max_s=max(waits),
        service_n=called,
        service_sum_s=sum(services),
        service_max_s=max(services),
        staffed_seconds=sum(services) + chance.randint(3600, 36000),
        receptions=called,
        cases=cases,
        closed_n=done + alt + partly,
        done=done,
        done_alt=alt,
        partly=partly,
        due_n=due,
        on_time_n=chance.randint(0, due),
        waits=histogram(waits),
        services=histogram(services),
    )


def _hall_rows(world: World, facts: dict[tuple[date, UUID], Facts]) -> Iterator[list[object]]:
    halls = {ref.id: ref for ref in world.halls}
    for (day, hall_id), found in facts.items():
        ref = halls[hall_id]
        yield [ref.network_id, ref.id, ref.role, clock.now(), day, *columns.values(found, _ALL)]


def _network_rows(
    world: World, days: list[date], facts: dict[tuple[date, UUID], Facts]
) -> Iterator[list[object]]:
    city = world.city
    for day in days:
        found = total(facts[day, ref.id] for ref in world.halls)
        yield [city.network_id, city.id, city.role, clock.now(), day, *columns.values(found, _ALL)]


_ALL = columns.ALL
_COLUMNS = ("network_id", "hall_id", "hall_role", "folded_at", "day", *_ALL)


def _put(world: World, table: str, rows: Iterator[list[object]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with world.root.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
