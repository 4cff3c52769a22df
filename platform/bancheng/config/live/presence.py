"""Who is at a case, a piece of work or a meeting at this moment: looking at it, typing, or with
words that are not sent yet.

Told from page to page and forgotten: nothing of it is stored, logged or counted (design.md §7).
Each process knows those at its own sockets, and through Valkey those at the others'; a page says
again every 15 s that it is still there. Without Valkey a process knows its own only.
"""

import json
import re
import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from bancheng.config.live import frames
from bancheng.config.live.frames import Message
from bancheng.config.live.stream import Key

LIVES_SECONDS = 35.0
MOST_SHOWN = 20
DOINGS = ("viewing", "unsaved", "typing")
"""The later one says more about somebody who has two pages open."""
_form = re.compile(r"[a-z0-9_:-]{0,60}").fullmatch


def known(state: object, form: object) -> bool:
    """Whether a page may say this of itself."""
    return state in DOINGS and isinstance(form, str) and _form(form) is not None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one socket says of itself on one topic; `state` is empty when it went."""

    socket: str
    post: str
    name: str
    state: str
    form: str = ""


class Presence:
    """Who is where, as this process knows it."""

    def __init__(self, lives: float = LIVES_SECONDS) -> None:
        self.process = uuid4().hex
        self._lives = lives
        self._there: dict[Key, dict[str, tuple[Seen, float]]] = {}

    def put(self, key: Key, seen: Seen) -> bool:
        """Remember, or forget who went; whether anybody would see a difference."""
        there = self._there.setdefault(key, {})
        before = there.pop(seen.socket, None)
        if seen.state:
            there[seen.socket] = seen, time.monotonic() + self._lives
        if not there:
            del self._there[key]
        return (before[0] if before else None) != (seen if seen.state else None)

    def expire(self) -> list[Key]:
        """Forget pages that have said nothing for a while; where somebody was forgotten."""
        now, gone = time.monotonic(), []
        for key, there in list(self._there.items()):
            late = [socket for socket, (_, until) in there.items() if until < now]
            for socket in late:
                del there[socket]
            if late:
                gone.append(key)
            if not there:
                del self._there[key]
        return gone

    def frame(self, key: Key) -> Message:
        """Everybody at a topic, one line for each post, by name."""
        posts: dict[str, Seen] = {}
        for seen, _ in self._there.get(key, {}).values():
            other = posts.get(seen.post)
            if other is None or DOINGS.index(other.state) < DOINGS.index(seen.state):
                posts[seen.post] = seen
        shown = sorted(posts.values(), key=lambda one: (one.name, one.post))[:MOST_SHOWN]
        return frames.present(key[1], [_line(one) for one in shown])

    def told(self, topic: str, seen: Seen) -> str:
        """What the other processes are told."""
        return json.dumps({"process": self.process, "topic": topic, **asdict(seen)})

    def heard(self, data: bytes) -> tuple[str, Seen] | None:
        """What another process told; None for one's own words. Raises ValueError, KeyError."""
        said: dict[str, Any] = json.loads(data)
        if said["process"] == self.process:
            return None
        seen = Seen(*(str(said[name]) for name in Seen.__slots__))
        if seen.state and not known(seen.state, seen.form):
            raise ValueError("a state that nobody knows")
        return str(said["topic"]), seen


def _line(seen: Seen) -> dict[str, str]:
    return {"post": seen.post, "name": seen.name, "state": seen.state, "form": seen.form}


def is_shared(topic: str, topics: Collection[str]) -> bool:
    """At an open case, a piece of work or a meeting, and only who hears it; sealed files have no
    such topic."""
    return topic.startswith(("case:", "work:", "meeting:")) and topic in topics
