"""Nothing is missed and nothing is out of order, over torn lines, restarts and lost hints."""

import asyncio
import json
import random

import pytest
from redis.client import Pipeline

from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from bancheng.services.live import hints
from bancheng.services.live.log import Change
from tests.support.sockets import Address, listening, publish, serving, signed_in, until

TOPICS = ["desk", "queue", "board", "referrals"]


async def test_500_events_over_50_torn_lines(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), TOPICS) as page:
        for number in range(500):
            await publish(street, [TOPICS[number % 4]], Change("n"))
            if number % 10 == 9:
                page.kill()
                await until(lambda: page.connects == page.kills + 1)
        await until(lambda: page.topics == dict.fromkeys(TOPICS, 125))

    assert page.applied == {topic: list(range(1, 126)) for topic in TOPICS}
    assert (page.connects, page.holes, page.resets) == (51, 0, [])


async def test_four_writers_at_once_and_torn_lines(server: Address, street: HallRef) -> None:
    """Commits of four writers cross; the hints of a topic arrive in any order."""
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async def write() -> None:
        for _ in range(50):
            await publish(street, TOPICS, Change("n"))

    async with listening(server, street, server.cookie(street, key), TOPICS) as page:
        writing = asyncio.gather(*(write() for _ in range(4)))
        while not writing.done():
            page.kill()
            await until(lambda: writing.done() or page.connects == page.kills + 1)
        await until(lambda: page.topics == dict.fromkeys(TOPICS, 200))

    assert page.applied == {topic: list(range(1, 201)) for topic in TOPICS}
    assert page.resets == []


async def test_lost_hints_are_made_up_for(
    server: Address, street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hint in five never leaves; even the last of them arrives."""
    _, key = await signed_in(street, Role.DESK_OFFICER)
    chance, put = random.Random(7), hints.put

    def sometimes(line: Pipeline, schema_name: str, sent: list) -> None:
        if chance.random() > 0.2:
            put(line, schema_name, sent)

    monkeypatch.setattr(hints, "put", sometimes)
    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        for _ in range(100):
            await publish(street, ["desk"], Change("n"))
        monkeypatch.setattr(hints, "put", lambda *_: None)
        await publish(street, ["desk"], Change("last"))
        await until(lambda: page.topics["desk"] == 101)

    assert page.applied == {"desk": list(range(1, 102))}
    assert page.holes == 0


async def test_a_restarted_server_goes_on_where_the_page_was(
    committed: None, street: HallRef
) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with serving() as first:
        page = listening(first, street, first.cookie(street, key), TOPICS)
        heard = await page.__aenter__()
        await publish(street, TOPICS, Change("before"))
        await until(lambda: heard.topics["desk"] == 1)
    assert heard.closed is not None
    assert heard.closed[0] == 1012
    await publish(street, TOPICS, Change("meanwhile"))

    async with serving(port=first.port):
        await publish(street, TOPICS, Change("after"))
        await until(lambda: heard.topics == dict.fromkeys(TOPICS, 3))
        await page.__aexit__(None, None, None)

    assert heard.applied == {topic: [1, 2, 3] for topic in TOPICS}
    assert heard.resets == []


async def test_a_page_that_reads_nothing_delays_no_other(server: Address, street: HallRef) -> None:
    """12 MB that nobody reads fill every buffer of the stalled line; later it catches up."""
    _, key = await signed_in(street, Role.DESK_OFFICER)
    headers = server.cookie(street, key)
    stalled = await server.open(street.host, headers)
    await stalled.send('{"t":"hello","v":1,"epoch":null,"topics":{"desk":null}}')
    while json.loads(await stalled.recv())["t"] != "sub":
        pass
    stalled.transport.pause_reading()

    async with listening(server, street, headers, ["desk"]) as page:
        for _ in range(200):
            await publish(street, ["desk"], Change("n", data={"pad": "x" * 60_000}))
        await until(lambda: page.topics["desk"] == 200)

    stalled.transport.resume_reading()
    numbers = [json.loads(await stalled.recv())["seq"] for _ in range(200)]
    await stalled.close()
    assert page.applied == {"desk": list(range(1, 201))}
    assert numbers == list(range(1, 201))
