"""Streams have no holes and no swaps, whatever becomes of the hints; nobody waits for the slow."""

import asyncio

import pytest
from django.db import OperationalError

from bancheng.config.live.hub import Hub, Pace
from bancheng.config.live.mailbox import MOST
from tests.live.memory import HALL, NOWHERE, MemoryLog, Socket, quiet_hub
from tests.support.sockets import until


async def test_hints_that_arrive_swapped_are_handed_on_in_order() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    first, second = log.write("desk"), log.write("desk")

    hub.hint(*second)
    hub.hint(*first)
    await until(lambda: len(socket.seqs()) == 2)

    assert socket.seqs() == [1, 2]
    assert log.asked == [("desk", 0)]


async def test_a_lost_hint_is_found_by_the_next_one() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    await socket.hear(hub, "desk")

    hub.hint(*log.write("desk"))
    log.write("desk")
    hub.hint(*log.write("desk"))
    await until(lambda: len(socket.seqs()) == 3)

    assert socket.seqs() == [1, 2, 3]


async def test_a_lost_last_hint_is_found_by_the_sweep() -> None:
    log = MemoryLog()
    hub = Hub(NOWHERE, log, Pace(sweep=0.02, poll=0.02))
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    await hub.start()

    log.write("desk")
    await until(lambda: socket.seqs() == [1])
    await hub.stop()


async def test_a_hint_told_twice_is_handed_on_once() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    hint = log.write("desk")

    hub.hint(*hint)
    hub.hint(*hint)
    hub.hint(*log.write("desk"))
    await until(lambda: len(socket.seqs()) == 2)

    assert socket.seqs() == [1, 2]


async def test_events_during_the_first_look_at_the_log_are_not_missed() -> None:
    """The hub listens before it reads."""
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    joining = asyncio.create_task(socket.hear(hub, "desk", after=0))
    await asyncio.sleep(0)

    hub.hint(*log.write("desk"))
    hub.hint(*log.write("desk"))
    await joining
    await until(lambda: len(socket.seqs()) == 2)

    assert socket.seqs() == [1, 2]


async def test_a_hint_of_a_number_that_is_not_in_the_log_changes_nothing() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    stream = await socket.hear(hub, "desk")

    hub.hint(HALL.schema_name, "desk", 9, {"type": "websocket.send", "text": "{}"})
    await until(lambda: stream.filling is None)
    hub.hint(*log.write("desk"))
    await until(lambda: socket.seqs() == [1])


async def test_another_halls_hint_of_the_same_topic_is_not_heard() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    _, topic, seq, message = log.write("desk")

    hub.hint("h_other", topic, seq, message)
    hub.hint(HALL.schema_name, topic, seq, message)
    await until(lambda: socket.seqs() == [1])

    assert [frame["t"] for frame in socket.written] == ["sub", "ev"]


async def test_a_stalled_socket_holds_up_nobody_and_loses_nothing() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    slow, quick = Socket(hub), Socket(hub)
    for socket in (slow, quick):
        await socket.hear(hub, "desk")
    await until(lambda: len(slow.written) == len(quick.written) == 1)
    slow.flowing.clear()

    for _ in range(4):
        for _ in range(MOST):
            hub.hint(*log.write("desk"))
        await until(lambda: len(quick.seqs()) == log.newest["desk"])
    waiting = len(slow.mailbox._waiting)
    slow.flowing.set()
    await until(lambda: len(slow.seqs()) == 4 * MOST)

    assert waiting <= MOST
    assert slow.seqs() == quick.seqs() == list(range(1, 4 * MOST + 1))


async def test_a_socket_that_slept_too_long_fetches_anew() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    await until(lambda: len(socket.written) == 1)
    socket.flowing.clear()

    for _ in range(3 * MOST):
        hub.hint(*log.write("desk"))
    log.kept_from = 3 * MOST
    socket.flowing.set()
    await until(lambda: socket.written[-1]["t"] == "reset")

    assert socket.written[-1] == {"t": "reset", "topic": "desk", "seq": 3 * MOST}
    hub.hint(*log.write("desk"))
    await until(lambda: socket.seqs()[-1] == 3 * MOST + 1)


async def test_a_hub_that_slept_too_long_makes_every_page_fetch() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    sockets = [Socket(hub), Socket(hub)]
    for socket in sockets:
        await socket.hear(hub, "desk")
    await until(lambda: all(socket.written for socket in sockets))
    for _ in range(9):
        log.write("desk")
    log.kept_from = 9

    hub.hint(*log.write("desk"))
    await until(lambda: all(socket.written[-1]["t"] == "reset" for socket in sockets))

    assert [socket.written[-1]["seq"] for socket in sockets] == [10, 10]


async def test_a_topic_nobody_hears_any_more_is_forgotten() -> None:
    log = MemoryLog()
    hub = quiet_hub(log)
    socket = Socket(hub)
    stream = await socket.hear(hub, "desk")

    hub.part(stream, socket.mailbox)
    socket.mailbox.forget(stream)
    hub.hint(*log.write("desk"))

    assert hub._streams == {}
    assert socket.mailbox.seqs() == {}


async def test_a_stream_outlives_a_database_that_is_away() -> None:
    """A hole that cannot be filled now is filled by a later sweep."""
    log = MemoryLog()
    hub = Hub(NOWHERE, log, Pace(sweep=0.02, poll=0.02))
    socket = Socket(hub)
    await socket.hear(hub, "desk")
    await hub.start()

    log.away = True
    log.write("desk")
    hub.hint(*log.write("desk"))
    await until(lambda: ("desk", 0) in log.asked)
    log.away = False
    await until(lambda: socket.seqs() == [1, 2])
    await hub.stop()


async def test_a_topic_cannot_be_begun_while_the_database_is_away() -> None:
    log = MemoryLog()
    log.away = True
    hub = quiet_hub(log)
    socket = Socket(hub)

    with pytest.raises(OperationalError):
        await socket.hear(hub, "desk")

    assert hub._streams == {}
