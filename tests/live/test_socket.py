"""The protocol of frontend.md §5.6, spoken with a real server."""

import asyncio

from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from bancheng.services.live.log import Change
from tests.support.sockets import Address, listening, publish, signed_in, until


async def test_a_new_topic_begins_at_its_newest_number(server: Address, street: HallRef) -> None:
    await publish(street, ["desk"], Change("earlier"))
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk", "queue"]) as page:
        started = dict(page.topics)

    assert started == {"desk": 1, "queue": 0}
    assert [frame["t"] for frame in page.seen if frame["t"] != "degraded"] == [
        "ready",
        "sub",
        "sub",
    ]


async def test_an_event_arrives_as_it_was_written(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    change = Change("dispatched", "case-7", 4, {"状态": "已派单"}, "王敏", "c-1")

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await publish(street, ["desk"], change)
        await until(lambda: page.topics["desk"] == 1)

    frame = page.seen[-1]
    assert frame.pop("at").endswith("+00:00")
    assert frame == {
        "t": "ev",
        "topic": "desk",
        "seq": 1,
        "kind": "dispatched",
        "ref": "case-7",
        "version": 4,
        "data": {"状态": "已派单"},
        "actor": "王敏",
        "cid": "c-1",
    }


async def test_a_page_that_comes_back_gets_what_it_missed(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        await publish(street, ["desk"], Change("heard"))
        await until(lambda: page.topics["desk"] == 1)
        page.kill()
        for _ in range(3):
            await publish(street, ["desk"], Change("missed"))
        await until(lambda: page.topics["desk"] == 4)

    assert page.applied == {"desk": [1, 2, 3, 4]}
    assert (page.holes, page.resets) == (0, [])


async def test_a_page_of_another_epoch_fetches_anew(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    await publish(street, ["desk"], Change("a"))

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        page.epoch = "of a log that is gone"
        page.kill()
        await until(lambda: page.resets == ["desk"])

    assert page.topics == {"desk": 1}


async def test_a_page_beyond_the_log_fetches_anew(server: Address, street: HallRef) -> None:
    """Only 500 events are replayed; from there fetching is cheaper."""
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        page.topics["desk"] = 999
        page.kill()
        await until(lambda: page.resets == ["desk"])

    assert page.topics == {"desk": 0}


async def test_a_page_can_ask_for_a_hole_to_be_filled(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        for _ in range(3):
            await publish(street, ["desk"], Change("a"))
        await until(lambda: page.topics["desk"] == 3)
        page.seen.clear()
        await page.say({"t": "replay", "topic": "desk", "since": 1})
        await until(lambda: len(page.seen) == 2)

    assert [frame["seq"] for frame in page.seen] == [2, 3]


async def test_a_pong_tells_the_newest_numbers(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    await publish(street, ["desk"], Change("a"))

    async with listening(server, street, server.cookie(street, key), ["desk", "queue"]) as page:
        await page.say({"t": "ping", "seqs": {"desk": 1}})
        await until(lambda: page.seen[-1]["t"] == "pong")

    assert page.seen[-1] == {"t": "pong", "seqs": {"desk": 1, "queue": 0}}


async def test_a_second_hello_changes_the_topics(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with listening(server, street, server.cookie(street, key), ["desk"]) as page:
        page.topics = {"queue": None}
        await page.hello()
        await until(lambda: page.topics == {"queue": 0})
        await publish(street, ["desk"], Change("unheard"))
        await publish(street, ["queue"], Change("heard"))
        await until(lambda: page.topics == {"queue": 1})

    assert page.applied == {"queue": [1]}


async def test_every_page_of_a_hall_hears(server: Address, street: HallRef) -> None:
    people = [await signed_in(street, Role.DESK_OFFICER) for _ in range(5)]

    async with asyncio.timeout(60):
        opened = [
            listening(server, street, server.cookie(street, key), ["desk"]) for _, key in people
        ]
        pages = [await page.__aenter__() for page in opened]
        await publish(street, ["desk"], Change("a"))
        await until(lambda: all(page.topics["desk"] == 1 for page in pages))
        for page in opened:
            await page.__aexit__(None, None, None)
