"""One topic of one hall as this process hears it: without holes, in order."""

from __future__ import annotations

import asyncio
from typing import Protocol

from bancheng.config.live.frames import Message
from bancheng.kernel.hall import HallRef

Key = tuple[str, str]


class Listener(Protocol):
    """A socket's mailbox."""

    def offer(self, stream: Stream, seq: int, message: Message) -> None:
        """Take the next event of a stream; must not wait."""

    def lose(self, stream: Stream) -> None:
        """Events of the stream were skipped here; the log must be asked."""

    def tell(self, message: Message) -> None:
        """Take a message that belongs to no stream."""

    def show(self, topic: str, message: Message) -> None:
        """Take what is so now at a topic; only the newest of it counts."""


class Stream:
    """`head` is the newest number passed on, None until the log was asked; `told` the newest
    heard of. While they differ, `filling` fetches what lies between."""

    __slots__ = ("filling", "head", "key", "listeners", "ref", "told", "topic")

    def __init__(self, ref: HallRef, topic: str) -> None:
        self.ref, self.topic = ref, topic
        self.key: Key = (ref.schema_name, topic)
        self.head: int | None = None
        self.told = 0
        self.listeners: set[Listener] = set()
        self.filling: asyncio.Task[None] | None = None

    @property
    def newest(self) -> int:
        """The newest number passed on, 0 before the log was asked."""
        return self.head or 0

    def hear(self, seq: int, message: Message) -> bool:
        """Pass a hint on when it is the next one; False when something lies before it."""
        if self.head is None or self.filling is not None or seq > self.head + 1:
            self.told = max(self.told, seq)
            return False
        if seq == self.head + 1:
            self.pass_on(seq, message)
        return True

    def pass_on(self, seq: int, message: Message) -> None:
        """Hand the next event to every socket."""
        self.head = seq
        for listener in self.listeners:
            listener.offer(self, seq, message)

    def jump(self, head: int) -> None:
        """Go on from `head`; each socket gets from the log what it still can."""
        self.head = self.told = head
        for listener in self.listeners:
            listener.lose(self)
