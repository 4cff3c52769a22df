"""What one socket hears: asked for by its page, allowed anew every time."""

import logging
from collections.abc import Collection
from contextlib import ExitStack
from functools import lru_cache
from uuid import uuid4

from bancheng.config.live import frames, presence, reading, topics
from bancheng.config.live.database import in_thread
from bancheng.config.live.frames import Ending, Hello, Here, Replay
from bancheng.config.live.handshake import Handshake
from bancheng.config.live.hub import Hub
from bancheng.config.live.mailbox import Mailbox
from bancheng.config.live.presence import Seen
from bancheng.config.live.stream import Listener, Stream
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import HallRef
from bancheng.services.live.log import PEOPLE

log = logging.getLogger(__name__)
_epoch = in_thread(lru_cache(maxsize=4096)(reading.epoch))


@in_thread
def _asked(shown: Handshake, wanted: Collection[str]) -> tuple[Actor | None, str | None]:
    """Who the socket is now, and the first topic that it may not hear."""
    actor = shown.actor()
    return actor, topics.first_refused(actor, wanted) if actor else None


class Hearing:
    """The topics of one socket. Every method but `leave` may raise Ending or OperationalError."""

    def __init__(self, hub: Hub, mailbox: Mailbox, shown: Handshake, ref: HallRef) -> None:
        self._hub, self._mailbox, self._shown, self._ref = hub, mailbox, shown, ref
        self._streams: dict[str, Stream] = {}
        self._held = ExitStack()
        self._actor: Actor | None = None
        self._socket = uuid4().hex
        self._present: set[str] = set()

    async def begin(self, doubt: Listener) -> Actor:
        """Find out who this is; from now on `doubt` hears of changes among the hall's people."""
        self._hub.enter(self._mailbox)
        self._held.callback(self._hub.leave, self._mailbox)
        stream = await self._hub.join(self._ref, PEOPLE, doubt)
        self._held.callback(self._hub.part, stream, doubt)
        self._actor = await self.check()
        return self._actor

    async def check(self, wanted: Collection[str] = ()) -> Actor:
        """Ask again who this is and whether it may hear what it hears and what it wants."""
        actor, refused = await _asked(self._shown, {*self._streams, *wanted})
        if actor is None:
            raise Ending(frames.SIGNED_OUT)
        if refused is not None:
            raise Ending(frames.TOPIC_REFUSED, refused)
        return actor

    async def hello(self, hello: Hello) -> None:
        """Hear exactly the named topics; those heard already go on undisturbed."""
        await self.check(hello.topics)
        epoch = await _epoch(self._ref)
        self._mailbox.tell(frames.ready(epoch))
        if self._hub.degraded:
            self._mailbox.tell(frames.degraded(True))
        for topic in self._streams.keys() - hello.topics.keys():
            self._drop(topic)
        known = hello.epoch is None or hello.epoch == epoch
        for topic in hello.topics.keys() - self._streams.keys():
            await self._hear(topic, hello.topics[topic], known)

    async def _hear(self, topic: str, after: int | None, known: bool) -> None:
        stream = await self._hub.join(self._ref, topic, self._mailbox)
        self._streams[topic] = stream
        if after is not None and not known:
            self._mailbox.begin_anew(stream)
        else:
            self._mailbox.follow(stream, after)

    def replay(self, replay: Replay) -> None:
        """Send again what the page missed; a topic it does not hear is passed over."""
        if replay.topic in self._streams:
            self._mailbox.rewind(self._streams[replay.topic], replay.since)

    def here(self, here: Here) -> None:
        """Tell who else is there what this page's person is doing. A topic that it does not hear,
        and a page without a person, is passed over."""
        by = self._actor
        if by is None or by.kind != "person" or not presence.is_shared(here.topic, self._streams):
            return
        state = here.state if presence.known(here.state, here.form) else ""
        if state or here.topic in self._present:
            self._say(by, here.topic, state, here.form)

    def _say(self, by: Actor, topic: str, state: str, form: str = "") -> None:
        (self._present.add if state else self._present.discard)(topic)
        seen = Seen(self._socket, str(by.post_id), by.name, state, form)
        self._hub.present((self._ref.schema_name, topic), seen)

    def leave(self) -> None:
        """Hear nothing any more."""
        for topic in list(self._streams):
            self._drop(topic)
        self._held.close()

    def _drop(self, topic: str) -> None:
        if self._actor is not None and topic in self._present:
            self._say(self._actor, topic, "")
        stream = self._streams.pop(topic)
        self._hub.part(stream, self._mailbox)
        self._mailbox.forget(stream)
