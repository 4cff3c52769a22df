"""The hub of one process: hints come in once, each frame goes to every socket that hears it.

A hint that is not the next one of its topic makes the hub ask the log, so streams have no holes
even when Valkey loses or swaps hints; a sweep finds the hints that were lost with none after them.
Without Valkey the sweep runs every two seconds and every socket is told.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from bancheng.config.live import frames
from bancheng.config.live.feed import Feed, Teller
from bancheng.config.live.frames import Message
from bancheng.config.live.presence import Presence, Seen
from bancheng.config.live.reading import DatabaseLog, Log
from bancheng.config.live.stream import Key, Listener, Stream
from bancheng.kernel import names
from bancheng.kernel.hall import HallRef

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between sweeps, with Valkey and without, and how long a returned Valkey is on trial.

    A writer that found Valkey away leaves it alone for two seconds, so hints come back later
    than Valkey does.
    """

    sweep: float = 15.0
    poll: float = 2.0
    trial: float = 2.0


class Hub:
    """Streams by hall and topic, and all sockets of this process."""

    def __init__(self, url: str, log: Log | None = None, pace: Pace | None = None) -> None:
        self.log: Log = log or DatabaseLog()
        self._pace = pace or Pace()
        self._feed = Feed(url, on_hint=self.hint, on_state=self._valkey, on_presence=self._others)
        self._teller = Teller(url)
        self._presence = Presence()
        self._streams: dict[Key, Stream] = {}
        self._sockets: set[Listener] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._hurry = asyncio.Event()
        self._trusted_from: float | None = None
        self._was_away = False
        self.degraded = True

    async def start(self) -> None:
        """Begin listening and sweeping; returns at once, Valkey may come later."""
        self._keep(self._feed.run())
        self._keep(self._sweep_for_ever())

    async def stop(self) -> None:
        """End everything this hub runs."""
        for task in (tasks := list(self._tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._teller.close()

    def enter(self, socket: Listener) -> None:
        """A new socket, to be told of the state of the whole."""
        self._sockets.add(socket)

    def leave(self, socket: Listener) -> None:
        """The socket is gone."""
        self._sockets.discard(socket)

    async def join(self, ref: HallRef, topic: str, listener: Listener) -> Stream:
        """The stream of a topic with its newest number known; the listener hears it from now on.

        The hub listens before the log is asked, so nothing falls between. Raises DatabaseError.
        """
        stream = self._streams.get((ref.schema_name, topic))
        if stream is None:
            stream = Stream(ref, topic)
            self._streams[stream.key] = stream
        stream.listeners.add(listener)
        try:
            while stream.head is None:
                await asyncio.shield(stream.filling or self._fill(stream))
        except BaseException:
            self.part(stream, listener)
            raise
        return stream

    def part(self, stream: Stream, listener: Listener) -> None:
        """The listener hears the stream no more; a stream without listeners ends."""
        stream.listeners.discard(listener)
        if not stream.listeners and self._streams.get(stream.key) is stream:
            del self._streams[stream.key]

    def hint(self, schema_name: str, topic: str, seq: int, message: Message) -> None:
        """A committed event, heard through Valkey."""
        stream = self._streams.get((schema_name, topic))
        if stream is not None and not stream.hear(seq, message) and stream.filling is None:
            self._fill(stream)

    def present(self, key: Key, seen: Seen) -> None:
        """A page of this process says what its person is doing at a topic."""
        changed = self._presence.put(key, seen)
        if changed:
            self._show(key)
        told = self._presence.told(key[1], seen)
        self._keep(self._teller.tell(names.presence_channel(key[0]), told))

    def _others(self, schema_name: str, data: bytes) -> None:
        """What a page of another process says of itself."""
        try:
            heard = self._presence.heard(data)
        except (ValueError, KeyError, TypeError):
            log.exception("a presence that cannot be read")
            return
        if heard is not None and self._presence.put((schema_name, heard[0]), heard[1]):
            self._show((schema_name, heard[0]))

    def _show(self, key: Key) -> None:
        stream = self._streams.get(key)
        if stream is not None:
            message = self._presence.frame(key)
            for listener in stream.listeners:
                listener.show(key[1], message)

    def _valkey(self, here: bool) -> None:
        """Valkey came (again) or went; a subscription made anew may have missed hints."""
        if not here:
            self._was_away, gone = True, self._trusted_from is not None
            self._trusted_from = None
            if not gone:
                return
            self._say_degraded(True)
        else:
            trial = self._pace.trial if self._was_away else 0.0
            self._trusted_from = asyncio.get_running_loop().time() + trial
        self._hurry.set()

    def _say_degraded(self, on: bool) -> None:
        self.degraded = on
        message = frames.degraded(on)
        for socket in self._sockets:
            socket.tell(message)

    async def _sweep_for_ever(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                await self._sweep(began=loop.time())
            except Exception:  # whatever it is, the next sweep must come
                log.exception("a sweep failed")
            await self._rest()

    async def _rest(self) -> None:
        """Until the next sweep; at once when Valkey came or went."""
        seconds = self._pace.poll if self.degraded else self._pace.sweep
        try:
            await asyncio.wait_for(self._hurry.wait(), seconds)
        except TimeoutError:
            return
        self._hurry.clear()

    async def _sweep(self, *, began: float) -> None:
        """Ask every hall that is heard here for its newest numbers: one query per hall."""
        for key in self._presence.expire():
            self._show(key)
        halls: dict[str, list[Stream]] = {}
        for stream in self._streams.values():
            halls.setdefault(stream.ref.schema_name, []).append(stream)
        for streams in halls.values():
            found = await self.log.heads(streams[0].ref, [stream.topic for stream in streams])
            for stream in streams:
                self._told(stream, found[stream.topic])
        if self.degraded and self._trusted_from is not None and began >= self._trusted_from:
            self._say_degraded(False)

    def _told(self, stream: Stream, newest: int) -> None:
        stream.told = max(stream.told, newest)
        if stream.head is not None and stream.told > stream.head and stream.filling is None:
            self._fill(stream)

    def _fill(self, stream: Stream) -> asyncio.Task[None]:
        stream.filling = self._keep(self._fetch(stream))
        return stream.filling

    async def _fetch(self, stream: Stream) -> None:
        """Read from the log until the stream has passed on all it was told of."""
        try:
            if stream.head is None:
                stream.head = (await self.log.heads(stream.ref, [stream.topic]))[stream.topic]
            while stream.listeners and stream.told > stream.head:
                await self._fetch_once(stream, stream.head)
        finally:
            stream.filling = None

    async def _fetch_once(self, stream: Stream, after: int) -> None:
        missed = await self.log.since(stream.ref, stream.topic, after)
        if missed is None:
            found = await self.log.heads(stream.ref, [stream.topic])
            stream.jump(found[stream.topic])
            return
        if not missed:
            stream.told = after
        for seq, message in missed:
            stream.pass_on(seq, message)

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("live delivery: %s", error, exc_info=error)
