"""One socket from its first word to its end (frontend.md §5.6)."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import OperationalError

from bancheng.config.live import frames
from bancheng.config.live.buckets import Bucket, Places
from bancheng.config.live.frames import Ending, Hello, Here, Message, Ping, Replay
from bancheng.config.live.handshake import Handshake
from bancheng.config.live.hearing import Hearing
from bancheng.config.live.hub import Hub
from bancheng.config.live.mailbox import Mailbox
from bancheng.config.live.stream import Stream
from bancheng.kernel.hall import here

log = logging.getLogger(__name__)
LIFE_SECONDS = 30 * 60.0
DOUBT_SECONDS = 30.0


class Doubt:
    """Raised when sessions, devices or roles of the hall changed."""

    def __init__(self) -> None:
        self.raised = asyncio.Event()

    def offer(self, stream: Stream, seq: int, message: Message) -> None:
        """Any event will do."""
        self.raised.set()

    def lose(self, stream: Stream) -> None:
        """Something may have happened."""
        self.raised.set()

    def tell(self, message: Message) -> None:
        """Messages are for pages."""

    def show(self, topic: str, message: Message) -> None:
        """So is who is there."""


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Has no channel layer: a Valkey that is away keeps no socket out (security.md §5.9)."""

    channel_layer_alias = "none"

    def __init__(self, hub: Hub, places: Places, shown: Handshake) -> None:
        super().__init__()
        self._hub, self._places, self._shown = hub, places, shown
        self._doubt = Doubt()
        self._held = ExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self._ended = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def connect(self) -> None:
        """Accept first: a browser only sees the close code of an open socket."""
        loop = asyncio.get_running_loop()
        self._bucket = Bucket(loop.time())
        await self.accept()
        self._mailbox = Mailbox(self.base_send, self._hub.log)
        self._hearing = Hearing(self._hub, self._mailbox, self._shown, here())
        self._held.callback(self._hearing.leave)
        await self._or_end(self._begin())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame of the client."""
        if not self._ended:
            await self._or_end(self._answer(text_data))

    async def _begin(self) -> None:
        actor = await self._hearing.begin(self._doubt)
        place = self._places.one(here().schema_name, actor.post_id)
        if not self._held.enter_context(place):
            raise Ending(frames.SLOW_DOWN, "too many sockets")
        for work in (self._mailbox.run(), self._guard()):
            self._tasks.append(asyncio.create_task(self._or_end(work)))

    async def _answer(self, text: str | None) -> None:
        if not self._bucket.take(asyncio.get_running_loop().time()):
            raise Ending(frames.SLOW_DOWN, "too many messages")
        match frames.read(text):
            case Hello() as hello:
                await self._hearing.hello(hello)
            case Replay() as replay:
                self._hearing.replay(replay)
            case Here() as here:
                self._hearing.here(here)
            case Ping():
                self._mailbox.tell(frames.pong(self._mailbox.seqs()))

    async def _guard(self) -> None:
        """Ask again every half minute and on doubt; no socket lives longer than 30 minutes."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LIFE_SECONDS * random.uniform(0.9, 1.0)  # noqa: S311
        while loop.time() < end:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._doubt.raised.wait(), DOUBT_SECONDS)
            self._doubt.raised.clear()
            await self._hearing.check()
        raise Ending(frames.RESTART, "reconnect")

    async def _or_end(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; what cannot go on closes the socket with a code."""
        try:
            await work
        except Ending as ending:
            await self._end(ending)
        except OperationalError as error:
            log.warning("database away, a socket is sent to reconnect: %s", error)
            await self._end(Ending(frames.RESTART, "database away"))
        except Exception:
            log.exception("a socket broke")
            await self._end(Ending(frames.BROKEN, "error"))

    async def _end(self, ending: Ending) -> None:
        if self._ended:
            return
        self._leave()
        with suppress(OSError, RuntimeError):
            await self.close(ending.code, ending.reason)

    def _leave(self) -> None:
        self._ended = True
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._held.close()
