"""A hall's busy minute: twenty windows press next, two hundred displays, a day of thirteen halls.

Run by hand or by `make bench`: `python -m tests.benchmarks.hall_day`; BENCH_QUICK=1 does less.
Everything runs in the same few seconds on the same cores, so the ratios say more than the times.
"""

import asyncio
import contextlib
import io
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from bancheng.config.environment import use_settings
from bancheng.config.runtime.services import Services, running

ROOT = Path(__file__).resolve().parents[2]
WINDOWS, DISPLAYS, HALLS, SPEED = 20, 200, 13, 60
PATIENCE = 120.0


def main() -> None:
    """Services of its own with durable commits, a database with five halls."""
    quick = bool(os.environ.get("BENCH_QUICK"))
    folder = ROOT / ".cache" / "bench-hall-day"
    folder.parent.mkdir(exist_ok=True)
    with running(folder, what="hall day benchmark", given={}) as services:
        os.environ.update(services.env)
        use_settings()
        import django

        django.setup()
        found = measured(services, quick=quick)
    print(json.dumps(found, indent=1, ensure_ascii=False))


def measured(services: Services, *, quick: bool) -> dict[str, Any]:
    """The three measurements, in one run."""
    from tenants import directory
    from tests.support import databases

    assert services.superuser_url is not None
    template = databases.template(services.superuser_url)
    own = databases.copy_of(services.superuser_url, template, f"bench_day_{os.getpid()}")
    with own as urls:
        databases.point_at(urls)
        ref = directory.by_host("street.localhost")
        assert ref is not None
        return {
            **calling(ref, urls, 10 if quick else 50),
            **asyncio.run(displaying(ref, 10 if quick else 60)),
            **replaying(minutes=20 if quick else 480),
        }


def _percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2)


def calling(ref: Any, urls: Any, rounds: int) -> dict[str, Any]:
    """p95 of the whole service against the one statement a queue cannot do without."""
    from apps.windows import services
    from bancheng.kernel.actor import SYSTEM
    from bancheng.kernel.hall import hall
    from tests.support.counters import queue_in, tickets_in

    queue, windows = queue_in(ref, "K"), []
    with hall(ref):
        windows = _open_windows(ref, queue, WINDOWS)
    tickets_in(ref, queue, WINDOWS * rounds)

    def press(window: UUID) -> Callable[[], None]:
        def act() -> None:
            services.call_next(window_id=window, by=SYSTEM)

        return act

    def free(window: UUID) -> None:
        services.miss(window_id=window, by=SYSTEM)

    ours: list[float] = []
    for _ in range(rounds):
        ours += _at_once(ref, [press(window) for window in windows])
        with hall(ref):
            for window in windows:
                free(window)
    raw = _raw(ref, WINDOWS, rounds)
    return {
        "call_next_windows": WINDOWS,
        "call_next_calls": len(ours),
        "call_next_p50_ms": _percentile(ours, 0.5),
        "call_next_p95_ms": _percentile(ours, 0.95),
        "raw_skip_locked_p50_ms": _percentile(raw, 0.5),
        "raw_skip_locked_p95_ms": _percentile(raw, 0.95),
        "p95_to_raw": round(_percentile(ours, 0.95) / max(_percentile(raw, 0.95), 0.01), 1),
    }


def _open_windows(ref: Any, queue: UUID, count: int) -> list[UUID]:
    from bancheng.kernel.actor import Role
    from tests.support.counters import window_in
    from tests.support.people import staff_in

    clerk = staff_in(ref, Role.WINDOW_CLERK)
    return [window_in(ref, [queue], f"K{number}", clerk) for number in range(count)]


def _at_once(ref: Any, acts: list[Callable[[], None]]) -> list[float]:
    """How long each of the acts took that began together."""
    from django.db import connections

    from bancheng.kernel.hall import hall

    together = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> float:
        try:
            with hall(ref):
                connections["default"].ensure_connection()
                together.wait(PATIENCE)
                began = time.perf_counter()
                act()
                return time.perf_counter() - began
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _raw(ref: Any, windows: int, rounds: int) -> list[float]:
    """`UPDATE … SKIP LOCKED` on a plain table, as many clients, one commit each."""
    from django.db import connections

    settings = connections["owner"].settings_dict
    address = psycopg.conninfo.make_conninfo(
        host=str(settings["HOST"]),
        port=settings["PORT"],
        user=str(settings["USER"]),
        password=str(settings["PASSWORD"]),
        dbname=str(settings["NAME"]),
    )
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("CREATE TABLE public.raw_queue (id int PRIMARY KEY, state text)")
        owner.execute(
            "INSERT INTO public.raw_queue SELECT n, 'waiting' FROM generate_series(1, %s) n",
            [windows * rounds],
        )
    take = (
        "UPDATE public.raw_queue SET state = 'called' WHERE id = (SELECT id FROM public.raw_queue"
        " WHERE state = 'waiting' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)"
    )
    times: list[float] = []
    with contextlib.ExitStack() as stack:
        clients = [
            stack.enter_context(psycopg.connect(address, autocommit=True)) for _ in range(windows)
        ]
        for _ in range(rounds):
            acts = [lambda client=client: client.execute(take) for client in clients]
            times += _at_once(ref, acts)  # type: ignore[arg-type]
    return times


async def displaying(ref: Any, calls: int) -> dict[str, Any]:
    """From pressing next to the frame at each of 200 displays of one server."""
    from bancheng.config.live.database import in_thread
    from tests.support.sockets import paired, serving

    await in_thread(_prepare_calls)(ref, calls)
    async with serving() as address, contextlib.AsyncExitStack() as stack:
        arrived: list[float] = []
        for _ in range(DISPLAYS):
            socket = await address.open(ref.host, address.bearer(await paired(ref)))
            stack.push_async_callback(socket.close)
            await socket.send(
                json.dumps({"t": "hello", "v": 1, "epoch": None, "topics": {"display": None}})
            )
            stack.callback(asyncio.create_task(_note(socket, arrived)).cancel)
        await asyncio.sleep(1)
        latencies: list[float] = []
        for turn in range(calls):
            arrived.clear()
            began = time.perf_counter()
            await in_thread(_press)(ref)
            async with asyncio.timeout(PATIENCE):
                while len(arrived) < DISPLAYS:
                    await asyncio.sleep(0.005)
            if turn:
                latencies += [at - began for at in arrived]
    return {
        "displays": DISPLAYS,
        "display_frames": len(latencies),
        "call_to_display_p50_ms": _percentile(latencies, 0.5),
        "call_to_display_p95_ms": _percentile(latencies, 0.95),
    }


async def _note(socket: Any, arrived: list[float]) -> None:
    async for message in socket:
        if '"ticket.called"' in str(message):
            arrived.append(time.perf_counter())


_window: list[UUID] = []


def _prepare_calls(ref: Any, calls: int) -> None:
    from bancheng.kernel.hall import hall
    from tests.support.counters import queue_in, tickets_in

    with hall(ref):
        queue = queue_in(ref, "D")
        tickets_in(ref, queue, calls)
        _window[:] = _open_windows_named(ref, queue)


def _open_windows_named(ref: Any, queue: UUID) -> list[UUID]:
    from bancheng.kernel.actor import Role
    from tests.support.counters import window_in
    from tests.support.people import staff_in

    return [window_in(ref, [queue], "D1", staff_in(ref, Role.WINDOW_CLERK))]


def _press(ref: Any) -> None:
    from apps.windows import services
    from bancheng.kernel.actor import SYSTEM
    from bancheng.kernel.hall import hall

    with hall(ref):
        services.call_next(window_id=_window[0], by=SYSTEM)
        services.miss(window_id=_window[0], by=SYSTEM)


def replaying(*, minutes: int) -> dict[str, Any]:
    """`bancheng replay day` of thirteen halls at sixty times their speed."""
    from bancheng.config import cli

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "day.csv"
        rows = list(_day(minutes))
        file.write_text("\n".join(["hall,queue,number,taken_at,called_at,finished_at", *rows]))
        began, said = time.perf_counter(), io.StringIO()
        order = ["replay", "day", "--tickets", str(file), "--speed", str(SPEED)]
        with contextlib.redirect_stdout(said):
            status = cli.main([*order, "--report", folder])
        took = time.perf_counter() - began
    return {
        "replay_halls": HALLS,
        "replay_tickets": len(rows),
        "replay_recorded_minutes": minutes,
        "replay_status": status,
        "replay_said": said.getvalue().splitlines(),
        "replay_seconds": round(took, 1),
        "replay_recorded_to_real": round(minutes * 60 / took, 1),
    }


def _day(minutes: int) -> Iterator[str]:
    """Three queues a hall, each with a number every three minutes and five minutes of service."""
    dice = random.Random(4)
    start = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
    for place in range(HALLS):
        for queue in ("A", "B", "C"):
            free = start
            taken, number = start, 0
            while taken < start + timedelta(minutes=minutes):
                number += 1
                called = max(taken + timedelta(seconds=10), free)
                free = called + timedelta(seconds=dice.randint(60, 300))
                moments = ",".join(at.isoformat() for at in (taken, called, free))
                yield f"hall{place:02},{queue},{queue}{number:03},{moments}"
                taken += timedelta(seconds=dice.randint(60, 300))


if __name__ == "__main__":
    main()
