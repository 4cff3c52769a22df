"""What waits for one socket. The only writer to it, so that order is kept without locks.

A socket that reads slowly holds up nobody: beyond 64 waiting events a topic is "behind", nothing
more of it is kept, and when the socket has caught its breath the log fills the hole or says that
it is too large and the page has to fetch again.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bancheng.config.live import frames
from bancheng.config.live.frames import Message
from bancheng.config.live.reading import Log
from bancheng.config.live.stream import Stream

MOST = 64
Send = Callable[[Message], Awaitable[None]]


class Mailbox:
    """Follows streams for one socket; `run` is its pump."""

    def __init__(self, send: Send, log: Log) -> None:
        self._send = send
        self._log = log
        self._waiting: deque[Message] = deque()
        self._at: dict[Stream, int] = {}
        self._behind: dict[Stream, None] = {}
        self._shown: dict[str, Message] = {}
        self._asleep: asyncio.Future[None] | None = None

    def follow(self, stream: Stream, after: int | None) -> None:
        """Hear a stream from the number after `after`; None means from now on."""
        start = stream.newest if after is None else after
        self._at[stream] = start
        self.tell(frames.sub(stream.topic, start))
        if start != stream.newest:
            self.lose(stream)

    def begin_anew(self, stream: Stream) -> None:
        """Hear a stream from now on and tell the page to fetch."""
        self._at[stream] = stream.newest
        self._behind.pop(stream, None)
        self.tell(frames.reset(stream.topic, stream.newest))

    def rewind(self, stream: Stream, since: int) -> None:
        """Send what came after number `since` once more."""
        self._at[stream] = since
        self.lose(stream)

    def forget(self, stream: Stream) -> None:
        """Hear a stream no more."""
        self._at.pop(stream, None)
        self._behind.pop(stream, None)
        self._shown.pop(stream.topic, None)

    def seqs(self) -> dict[str, int]:
        """The newest number handed over, by topic."""
        return {stream.topic: seq for stream, seq in self._at.items()}

    def offer(self, stream: Stream, seq: int, message: Message) -> None:
        """Take the next event of a stream."""
        at = self._at.get(stream)
        if at is None or seq <= at or stream in self._behind:
            return
        if len(self._waiting) >= MOST:
            self.lose(stream)
            return
        self._at[stream] = seq
        self.tell(message)

    def lose(self, stream: Stream) -> None:
        """What follows in this stream comes from the log."""
        if stream in self._at:
            self._behind[stream] = None
            self._wake()

    def tell(self, message: Message) -> None:
        """Append a message."""
        self._waiting.append(message)
        self._wake()

    def show(self, topic: str, message: Message) -> None:
        """What is so now replaces what waited to be said of it."""
        self._shown[topic] = message
        self._wake()

    async def run(self) -> None:
        """Write until cancelled or until the socket is gone; database errors come through."""
        with suppress(OSError):
            while True:
                while self._waiting:
                    await self._send(self._waiting.popleft())
                if self._shown:
                    await self._send(self._shown.pop(next(iter(self._shown))))
                elif self._behind:
                    await self._catch_up(next(iter(self._behind)))
                else:
                    await self._sleep()

    async def _sleep(self) -> None:
        self._asleep = asyncio.get_running_loop().create_future()
        try:
            await self._asleep
        finally:
            self._asleep = None

    def _wake(self) -> None:
        if self._asleep is not None and not self._asleep.done():
            self._asleep.set_result(None)

    async def _catch_up(self, stream: Stream) -> None:
        """Bring one stream up to date; whoever moves it meanwhile is obeyed."""
        at = self._at[stream]
        missed = await self._log.since(stream.ref, stream.topic, at)
        if self._at.get(stream) != at:
            return
        if missed is None:
            self.begin_anew(stream)
            return
        for seq, message in missed:
            if self._at.get(stream) != at:
                return
            self._at[stream] = at = seq
            await self._send(message)
        if self._at.get(stream) == at >= stream.newest:
            self._behind.pop(stream, None)
