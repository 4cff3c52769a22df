"""Valkey's hints for all halls: one pattern subscription per process, coming back for ever."""

import asyncio
import json
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bancheng.config.live.frames import Message, ready_text
from bancheng.kernel import names

log = logging.getLogger(__name__)
_PATTERN = names.live_channel("*")
_PREFIX = len(names.live_channel(""))
_PRESENCE = names.presence_channel("*")
_PRESENT = names.presence_channel("").encode()
_SILENCE_SECONDS = 5.0
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 3.0
_FRAME = b'"frame":'

OnHint = Callable[[str, str, int, Message], None]
OnState = Callable[[bool], None]
OnPresence = Callable[[str, bytes], None]


def read_hint(channel: bytes, data: bytes) -> tuple[str, str, int, Message]:
    """Schema, topic, number and the frame as it was serialised by the writer; raises ValueError.

    The frame comes last in a hint and no JSON text can contain its bare key, so it is cut out.
    """
    head, found, frame = data.partition(_FRAME)
    if not found:
        raise ValueError("a hint without a frame")
    known = json.loads(head.rstrip().rstrip(b",") + b"}")
    text = frame.rstrip()[:-1].decode().strip()
    return channel[_PREFIX:].decode(), str(known["topic"]), int(known["seq"]), ready_text(text)


class Feed:
    """Calls `on_hint` for every hint, `on_presence` for what other processes say of their pages,
    and `on_state` when Valkey comes (True) or goes (False)."""

    def __init__(
        self, url: str, *, on_hint: OnHint, on_state: OnState, on_presence: OnPresence
    ) -> None:
        self._url = url
        self._on_hint = on_hint
        self._on_presence = on_presence
        self._on_state = on_state
        self._wait = _FIRST_WAIT
        self._away = False

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                self._gone(error)
            self._on_state(False)
            await asyncio.sleep(random.uniform(self._wait / 2, self._wait))  # noqa: S311
            self._wait = min(self._wait * 2, _LONGEST_WAIT)

    def _gone(self, error: Exception) -> None:
        """Said once per absence, however often the line is tried."""
        if not self._away:
            log.warning("valkey away: live hints paused (%s)", error)
        self._away = True

    async def _listen(self) -> None:
        client = redis.asyncio.Redis.from_url(
            self._url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=2.0
        )
        try:
            async with client.pubsub() as subscription:
                await subscription.psubscribe(_PATTERN, _PRESENCE)
                await self._hear(subscription)
        finally:
            await client.aclose()

    async def _hear(self, subscription: Any) -> None:
        """Five silent seconds ask for a sign of life, five more mean the line is dead."""
        asked = False
        while True:
            heard = await subscription.get_message(timeout=_SILENCE_SECONDS)
            if heard is None:
                if asked:
                    raise TimeoutError
                await subscription.ping()
            elif heard["type"] == "psubscribe":
                self._wait, self._away = _FIRST_WAIT, False
                self._on_state(True)
            elif heard["type"] == "pmessage":
                self._pass_on(heard["channel"], heard["data"])
            asked = heard is None

    def _pass_on(self, channel: bytes, data: bytes) -> None:
        if channel.startswith(_PRESENT):
            self._on_presence(channel[len(_PRESENT) :].decode(), data)
            return
        try:
            hint = read_hint(channel, data)
        except (ValueError, KeyError, TypeError):
            log.exception("a hint that cannot be read")
            return
        self._on_hint(*hint)


class Teller:
    """Says things to the other processes, when Valkey is there; nothing depends on it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: redis.asyncio.Redis | None = None

    async def tell(self, channel: str, text: str) -> None:
        """Publish; without Valkey nobody hears it."""
        if self._client is None:
            self._client = redis.asyncio.Redis.from_url(
                self._url,
                retry=Retry(NoBackoff(), 0),
                socket_connect_timeout=0.5,
                socket_timeout=0.5,
            )
        with suppress(RedisError, OSError, TimeoutError):
            await self._client.publish(channel, text)

    async def close(self) -> None:
        """Let go of the line."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None
