"""The words of the socket protocol, version 1 (frontend.md §5.6)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bancheng.kernel import clock

VERSION = 1
MOST_TOPICS = 32
LONGEST_TOPIC = 100
LARGEST_SEQ = 2**53

SIGNED_OUT = 4401
TOPIC_REFUSED = 4403
UNKNOWN_HALL = 4404
TOO_OLD = 4409
SLOW_DOWN = 4429
RESTART = 1012
NOT_UNDERSTOOD = 1007
BROKEN = 1011

Message = dict[str, Any]


class Ending(Exception):
    """The socket has to be closed, with this code."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class NotUnderstood(Ending):
    """What the client sent is no frame of this protocol."""

    def __init__(self) -> None:
        super().__init__(NOT_UNDERSTOOD, "not understood")


class OtherVersion(Ending):
    """The client speaks a version of the protocol that is gone."""

    def __init__(self) -> None:
        super().__init__(TOO_OLD, "reload")


@dataclass(frozen=True, slots=True)
class Hello:
    """All topics the page listens to, each with the last number it applied, or None."""

    epoch: str | None
    topics: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Replay:
    """The client has a hole after number `since`."""

    topic: str
    since: int


@dataclass(frozen=True, slots=True)
class Here:
    """What the page's person is doing at a topic; an empty state when nothing any more."""

    topic: str
    state: str
    form: str


@dataclass(frozen=True, slots=True)
class Ping:
    """The client asks whether it is still heard."""


@dataclass(frozen=True, slots=True)
class Pong:
    """An answer that needs none."""


def read(text: str | None) -> Hello | Replay | Here | Ping | Pong:
    """A client's frame; raises NotUnderstood and OtherVersion."""
    if text is None:
        raise NotUnderstood
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(frame, dict):
        raise NotUnderstood
    match frame.get("t"):
        case "hello":
            return _hello(frame)
        case "replay":
            return Replay(_topic(frame.get("topic")), _seq(frame.get("since")))
        case "presence":
            return _here(frame)
        case "ping":
            return Ping()
        case "pong":
            return Pong()
    raise NotUnderstood


def _hello(frame: Mapping[str, Any]) -> Hello:
    if frame.get("v") != VERSION:
        raise OtherVersion
    topics, epoch = frame.get("topics"), frame.get("epoch")
    if not isinstance(topics, dict) or len(topics) > MOST_TOPICS:
        raise NotUnderstood
    named = {_topic(name): None if seq is None else _seq(seq) for name, seq in topics.items()}
    return Hello(epoch if isinstance(epoch, str) else None, named)


def _here(frame: Mapping[str, Any]) -> Here:
    state, form = frame.get("state"), frame.get("form", "")
    if not isinstance(state, str) or not isinstance(form, str):
        raise NotUnderstood
    return Here(_topic(frame.get("topic")), state[:20], form[:60])


def _topic(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_TOPIC:
        raise NotUnderstood
    return name


def _seq(seq: object) -> int:
    if type(seq) is not int or not 0 <= seq <= LARGEST_SEQ:
        raise NotUnderstood
    return seq


def message(frame: Mapping[str, Any]) -> Message:
    """A frame serialised once, ready for any number of sockets."""
    return ready_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))


def ready_text(text: str) -> Message:
    """A frame that is JSON already."""
    return {"type": "websocket.send", "text": text}


def ready(epoch: str) -> Message:
    """The first answer; `now` lets the page measure how its clock differs."""
    return message({"t": "ready", "epoch": epoch, "now": clock.now().isoformat()})


def sub(topic: str, seq: int) -> Message:
    """The topic is heard from the number after `seq`."""
    return message({"t": "sub", "topic": topic, "seq": seq})


def reset(topic: str, seq: int) -> Message:
    """What lies between is gone: fetch again and continue from `seq`."""
    return message({"t": "reset", "topic": topic, "seq": seq})


def pong(seqs: Mapping[str, int]) -> Message:
    """Still here, with the newest number of every topic."""
    return message({"t": "pong", "seqs": dict(seqs)})


def present(topic: str, who: Sequence[Mapping[str, str]]) -> Message:
    """Everybody who is at the topic now; the page leaves itself out."""
    return message({"t": "pr", "topic": topic, "who": list(who)})


def degraded(on: bool) -> Message:
    """While Valkey is away, news comes from asking the database every two seconds."""
    return message({"t": "degraded", "on": on})
