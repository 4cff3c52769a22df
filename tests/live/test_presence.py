"""Who looks at a case, who is typing: told to those who see it, kept nowhere (design.md §7)."""

import asyncio
import json
from typing import Any

import pytest

from bancheng.config.live import frames
from bancheng.config.live.database import in_thread
from bancheng.config.live.frames import Here, NotUnderstood
from bancheng.config.live.presence import Presence, Seen
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live.models import LiveEvent
from tests.live.memory import HALL, MemoryLog, Socket, quiet_hub
from tests.support.cases import Team
from tests.support.sockets import Address, Page, listening, serving, signed_in, until

KEY = (HALL.schema_name, "case:1")


def seen(name: str, state: str, *, socket: str = "", form: str = "") -> Seen:
    return Seen(socket or name, f"post of {name}", name, state, form)


def who(frame: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    return [(one["name"], one["state"], one["form"]) for one in (frame or {}).get("who", [])]


def newest(page: Page) -> list[tuple[str, str, str]]:
    told = [frame for frame in page.seen if frame["t"] == "pr"]
    return who(told[-1]) if told else []


@in_thread
def case_in(ref: HallRef) -> str:
    return str(Team(ref).triaged().id)


@in_thread
def written(ref: HallRef, topic: str) -> int:
    with hall(ref):
        return LiveEvent.objects.filter(topic=topic).count()


async def say(page: Page, topic: str, state: str, form: str = "") -> None:
    await page.say({"t": "presence", "topic": topic, "state": state, "form": form})


def test_a_page_says_what_its_person_does() -> None:
    said = '{"t":"presence","topic":"case:1","state":"typing","form":"dispatch"}'

    assert frames.read(said) == Here("case:1", "typing", "dispatch")
    for bad in ('{"t":"presence","topic":"case:1"}', '{"t":"presence","state":"typing"}'):
        with pytest.raises(NotUnderstood):
            frames.read(bad)


def test_one_line_for_each_person_and_the_busiest_page_counts() -> None:
    presence = Presence()
    presence.put(KEY, seen("王敏", "typing", form="dispatch"))
    presence.put(KEY, seen("王敏", "viewing", socket="another page"))
    presence.put(KEY, seen("李四", "unsaved"))

    shown = json.loads(presence.frame(KEY)["text"])

    assert who(shown) == [("李四", "unsaved", ""), ("王敏", "typing", "dispatch")]


def test_a_page_that_says_nothing_more_is_forgotten() -> None:
    presence = Presence(lives=-1.0)
    presence.put(KEY, seen("王敏", "viewing"))

    assert presence.expire() == [KEY]
    assert presence.expire() == []


def test_saying_the_same_again_tells_nobody_anything() -> None:
    presence = Presence()

    changed = [presence.put(KEY, seen("王敏", state)) for state in ("viewing", "viewing", "", "")]

    assert changed == [True, False, True, False]


async def test_a_slow_socket_gets_only_the_newest() -> None:
    hub = quiet_hub(MemoryLog())
    socket = Socket(hub)
    await socket.hear(hub, "case:1")
    for state in ("viewing", "typing", "unsaved"):
        hub.present(KEY, seen("王敏", state))
    await asyncio.sleep(0)
    await until(lambda: any(frame["t"] == "pr" for frame in socket.written))

    assert [who(frame) for frame in socket.written if frame["t"] == "pr"] == [
        [("王敏", "unsaved", "")]
    ]


async def test_two_clerks_at_one_case_see_each_other(server: Address, street: HallRef) -> None:
    (one, key), (two, other) = [await signed_in(street, Role.DESK_OFFICER) for _ in range(2)]
    topic = f"case:{await case_in(street)}"
    before = await written(street, topic)

    async with (
        listening(server, street, server.cookie(street, key), [topic]) as mine,
        listening(server, street, server.cookie(street, other), [topic]) as theirs,
    ):
        await say(mine, topic, "viewing")
        await say(theirs, topic, "typing", "dispatch")
        await until(lambda: len(newest(mine)) == 2 == len(newest(theirs)))
        frame = next(frame for frame in reversed(mine.seen) if frame["t"] == "pr")
        assert {line["post"]: (line["state"], line["form"]) for line in frame["who"]} == {
            str(one.post_id): ("viewing", ""),
            str(two.post_id): ("typing", "dispatch"),
        }
        theirs.stopped = True
        theirs.kill()
        await until(lambda: len(newest(mine)) == 1)

    assert await written(street, topic) == before


async def test_pages_at_two_processes_see_each_other(server: Address, street: HallRef) -> None:
    (_, key), (_, other) = [await signed_in(street, Role.DESK_OFFICER) for _ in range(2)]
    topic = f"case:{await case_in(street)}"

    async with (
        serving() as second,
        listening(server, street, server.cookie(street, key), [topic]) as mine,
        listening(second, street, second.cookie(street, other), [topic]) as theirs,
    ):
        await until(lambda: True not in (*mine.degraded[-1:], *theirs.degraded[-1:]))
        await say(mine, topic, "viewing")
        await say(theirs, topic, "viewing")
        await until(lambda: len(newest(mine)) == 2 == len(newest(theirs)))


async def test_who_does_not_hear_a_case_is_neither_told_nor_shown(
    server: Address, street: HallRef, district: HallRef
) -> None:
    """Saying it of a topic one does not hear does nothing; another hall's case is refused."""
    (_, key), (_, other) = [await signed_in(street, Role.DESK_OFFICER) for _ in range(2)]
    _, foreign = await signed_in(district, Role.DESK_OFFICER)
    topic = f"case:{await case_in(street)}"

    async with (
        listening(server, street, server.cookie(street, key), [topic]) as mine,
        listening(server, street, server.cookie(street, other), ["desk"]) as beside,
        listening(server, district, server.cookie(district, foreign), [topic]) as stranger,
    ):
        assert stranger.closed == (4403, topic)
        await say(beside, topic, "typing", "close")
        await say(beside, "desk", "typing", "close")
        await say(mine, topic, "viewing")
        await until(lambda: len(newest(mine)) == 1)
        assert newest(beside) == []


async def test_a_state_that_nobody_knows_is_none(server: Address, street: HallRef) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)
    topic = f"case:{await case_in(street)}"

    async with listening(server, street, server.cookie(street, key), [topic]) as page:
        await say(page, topic, "viewing")
        await until(lambda: len(newest(page)) == 1)
        await say(page, topic, "<b>", "x")
        await until(lambda: page.seen[-1]["t"] == "pr" and newest(page) == [])
