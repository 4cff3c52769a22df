"""Valkey may go and come back: business goes on, pages are told, no event is lost (§5.9)."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from django.conf import LazySettings

from bancheng.config.runtime import valkey
from bancheng.config.runtime.valkey import Valkey
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from bancheng.services.live import hints
from bancheng.services.live.log import Change
from tests.support.sockets import Address, listening, publish, serving, signed_in, until


@dataclass(slots=True)
class Broker:
    """A Valkey of the test's own, always on the same port."""

    folder: Path
    running: Valkey

    async def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        self.running.process.send_signal(how)
        if how is signal.SIGKILL:
            await until(lambda: self.running.process.poll() is not None)

    def start(self) -> None:
        self.running = _start(self.folder, self.running.port)


def _start(folder: Path, port: int | None = None) -> Valkey:
    folder.mkdir(exist_ok=True)
    log = folder / "valkey.log"
    log.touch()
    started = valkey.start(folder, password="of-the-test", log=log, kept_port=port)
    assert port in (None, started.port)
    return started


@pytest_asyncio.fixture
async def broker(tmp_path: Path, settings: LazySettings) -> AsyncIterator[Broker]:
    broker = Broker(tmp_path / "valkey", _start(tmp_path / "valkey"))
    settings.REDIS_URL = broker.running.url
    hints._client, hints._away_until = None, 0.0
    yield broker
    broker.running.process.send_signal(signal.SIGCONT)
    broker.running.stop()
    hints._client, hints._away_until = None, 0.0


@pytest_asyncio.fixture
async def server(committed: None, broker: Broker) -> AsyncIterator[Address]:
    async with serving(url=broker.running.url) as address:
        yield address


async def test_a_stream_goes_on_while_valkey_is_killed_and_comes_back(
    server: Address, broker: Broker, street: HallRef
) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        for number in range(300):
            if number == 100:
                await broker.stop()
            if number == 150:
                await until(lambda: page.degraded[-1:] == [True])
            if number == 200:
                await until(lambda: page.topics["desk"] == 200)
                broker.start()
            await publish(street, ["desk"], Change("n"))
        await until(lambda: page.topics["desk"] == 300)
        await until(lambda: page.degraded[-1:] == [False])
        await publish(street, ["desk"], Change("well again"))
        await until(lambda: page.topics["desk"] == 301)

    assert page.applied == {"desk": list(range(1, 302))}
    assert (page.connects, page.holes, page.resets) == (1, 0, [])


async def test_a_page_can_begin_while_valkey_is_away(
    server: Address, broker: Broker, street: HallRef
) -> None:
    await broker.stop()
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await until(lambda: page.degraded[-1:] == [True])
        await publish(street, ["desk"], Change("n"))
        await until(lambda: page.topics["desk"] == 1)

    assert page.applied == {"desk": [1]}


async def test_a_silent_valkey_is_noticed(
    server: Address, broker: Broker, street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen process keeps its connections open; only its silence gives it away."""
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await until(lambda: page.degraded[-1:] in ([], [False]))
        await broker.stop(signal.SIGSTOP)
        await until(lambda: page.degraded[-1:] == [True])
        await publish(street, ["desk"], Change("n"))
        await until(lambda: page.topics["desk"] == 1)
        await broker.stop(signal.SIGCONT)
        await until(lambda: page.degraded[-1:] == [False])


async def test_writers_are_not_held_up_by_a_valkey_that_is_away(
    server: Address, broker: Broker, street: HallRef
) -> None:
    """0 failed writes; after one failure Valkey is left alone for two seconds."""
    await broker.stop()

    async with asyncio.timeout(20):
        numbers = [await publish(street, ["desk"], Change("n")) for _ in range(100)]

    assert numbers[-1] == {"desk": 100}
    assert hints.away()
