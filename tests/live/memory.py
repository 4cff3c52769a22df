"""A log in memory and a socket that can be stopped, for what the network cannot be made to do."""

import asyncio
import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import OperationalError

from bancheng.config.live import frames
from bancheng.config.live.frames import Message
from bancheng.config.live.hub import Hub, Pace
from bancheng.config.live.mailbox import Mailbox
from bancheng.config.live.reading import Missed
from bancheng.config.live.stream import Stream
from bancheng.kernel.hall import HallRef, Level

NOWHERE = "redis://127.0.0.1:1/0"
HALL = HallRef(
    id=UUID(int=1),
    schema_name="h_test",
    slug="street",
    name="街道",
    desk_name="窗口",
    level=Level.STREET,
    network_id=UUID(int=2),
    network_name="市",
    parent_id=None,
    host="street.localhost",
)


class MemoryLog:
    """Numbers events as the database does; `kept_from` is the oldest number still there."""

    def __init__(self) -> None:
        self.newest: dict[str, int] = {}
        self.kept_from = 1
        self.asked: list[tuple[str, int]] = []
        self.away = False

    def write(self, topic: str) -> tuple[str, str, int, Message]:
        """The next event, as a hint would tell of it."""
        seq = self.newest[topic] = self.newest.get(topic, 0) + 1
        return HALL.schema_name, topic, seq, event(topic, seq)

    async def heads(self, ref: HallRef, topics: Collection[str]) -> dict[str, int]:
        if self.away:
            raise OperationalError
        return {topic: self.newest.get(topic, 0) for topic in topics}

    async def since(self, ref: HallRef, topic: str, after: int) -> Missed | None:
        self.asked.append((topic, after))
        if self.away:
            raise OperationalError
        newest = self.newest.get(topic, 0)
        if after > newest or after + 1 < min(self.kept_from, newest + 1):
            return None
        return [(seq, event(topic, seq)) for seq in range(after + 1, newest + 1)]


def event(topic: str, seq: int) -> Message:
    return frames.message({"t": "ev", "topic": topic, "seq": seq})


def quiet_hub(log: MemoryLog) -> Hub:
    """A hub that hears only what the test tells it, and sweeps only when asked."""
    return Hub(NOWHERE, log, Pace(sweep=3600, poll=3600))


class Socket:
    """What was written to a socket; while `flowing` is not set, a write hangs."""

    def __init__(self, hub: Hub) -> None:
        self.written: list[dict[str, Any]] = []
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.mailbox = Mailbox(self._send, hub.log)
        self.pump = asyncio.create_task(self.mailbox.run())

    async def _send(self, message: Message) -> None:
        await self.flowing.wait()
        self.written.append(json.loads(message["text"]))

    async def hear(self, hub: Hub, topic: str, after: int | None = None) -> Stream:
        stream = await hub.join(HALL, topic, self.mailbox)
        self.mailbox.follow(stream, after)
        return stream

    def seqs(self, topic: str = "desk") -> list[int]:
        """The numbers of the events that were written, in order."""
        return [f["seq"] for f in self.written if f["t"] == "ev" and f["topic"] == topic]
