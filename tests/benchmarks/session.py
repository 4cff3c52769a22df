"""One run from the empty database to the written tables."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bancheng.config.runtime.services import Services
from tests.benchmarks import counts, facts, measuring, provisioning, report, rows, sweep, w7_live
from tests.benchmarks.city import City
from tests.benchmarks.counts import Count
from tests.benchmarks.cpu import Meter
from tests.benchmarks.desk import Desk
from tests.benchmarks.floors import Floors
from tests.benchmarks.lists import Lists
from tests.benchmarks.measuring import Result
from tests.benchmarks.provisioning import Migrating
from tests.benchmarks.windows import Windows
from tests.benchmarks.world import HALLS, World, prepared, serving

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: rounds, operations of a block, cases in the busy hall."""

    rounds: int
    block: int
    city_block: int
    cases: int


FULL = Size(rounds=6, block=40, city_block=8, cases=100_000)
QUICK = Size(rounds=3, block=20, city_block=4, cases=20_000)


def run(services: Services, *, quick: bool) -> None:
    """Measure, print; a full run also writes docs/benchmarks.md."""
    size = QUICK if quick else FULL
    with prepared(services) as world:
        found, counted = _measured(world, services, size)
        version = world.root.execute("SHOW server_version").fetchone()
    live = _live()
    text = report.whole(found, live, counted, version[0] if version else "?")
    print(text)
    if not quick:
        report.write(DOCUMENT, text)
        print(f"\nwritten to {DOCUMENT.name}")


def _measured(world: World, services: Services, size: Size) -> tuple[list[Result], list[Count]]:
    floors = Floors(world)
    own = Meter(_roots(services), alone=["client"])
    _say("W9: opening halls")
    found = _opened(world, floors, own, size)
    _say(f"rows: {size.cases} cases, figures of {len(world.halls)} halls")
    history = rows.fill(world, size.cases)
    facts.fill(world)
    with serving(world) as app:
        meter = Meter(_roots(services) | {"app": app}, alone=["client"])
        desk = Desk(world, floors, history, size.block)
        windows = Windows(world, floors, size.block)
        city = City(world, floors, size.city_block)
        lists = Lists(world, floors, size.block)
        workloads = [
            *desk.workloads(),
            *lists.workloads(),
            *windows.workloads(),
            *city.workloads(),
        ]
        _say(f"{len(workloads)} workloads, {size.rounds} rounds")
        found += measuring.run(workloads, meter, size.rounds)
        _say("W3, W4: every order, filter and word")
        swept = sweep.counted(world)
        _say("W15: counting statements")
        counted = [*swept, *counts.catalogue(world), *counts.statements(world, workloads)]
    _say("W10: migrating")
    found += measuring.run(Migrating(world).workloads(), own, size.rounds)
    return found, counted


def _opened(world: World, floors: Floors, meter: Meter, size: Size) -> list[Result]:
    """Exactly HALLS halls: what a round does not open is opened before the first."""
    blocks = size.rounds + 1
    at_once = HALLS // blocks
    while len(world.halls) < HALLS - at_once * blocks:
        world.halls.append(world.new_hall())
    found = measuring.run([provisioning.opening(world, floors, at_once)], meter, size.rounds)
    floors.drop_replayed()
    return found


def _roots(services: Services) -> dict[str, int]:
    """This process as the raw client, and PostgreSQL."""
    pid = int((services.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    return {"client": os.getpid(), "db": pid}


def _live() -> dict[str, float]:
    _say("W7: 200 sockets")
    return w7_live.run()


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)
