"""Hints through Valkey: best effort, never in the way of business (security.md §5.9)."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import redis
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from bancheng.kernel import names, poke

log = logging.getLogger(__name__)
_REST_SECONDS = 2.0
_client: redis.Redis | None = None
_away_until = 0.0
Put = Callable[[Pipeline], None]


def valkey() -> redis.Redis:
    """This process's client; short time-outs, because nothing important waits for it.

    One more try at once, for a line that a restarted Valkey no longer knows.
    """
    global _client
    if _client is None:
        _client = redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=0.5,
            socket_connect_timeout=0.2,
            retry=Retry(NoBackoff(), 1),
        )
    return _client


def away() -> bool:
    """True while Valkey was seen to be away and is being left alone."""
    return time.monotonic() < _away_until


@dataclass(slots=True)
class _Said:
    """What one transaction has to say, and within which savepoints it was said."""

    within: set[str]
    parts: list[Put] = field(default_factory=list)

    def send(self) -> None:
        """In one message; failures are counted on by nobody."""
        global _away_until
        if away():
            return
        try:
            line = valkey().pipeline(transaction=False)
            for put in self.parts:
                put(line)
            if len(line):
                line.execute()
        except redis.RedisError:
            _away_until = time.monotonic() + _REST_SECONDS
            log.warning("valkey away: live hints paused, pages poll; marks are left to the healer")


def after_commit(put: Put) -> None:
    """Let `put` say something once this transaction has committed, together with all else that is
    said in it. What is rolled back with a savepoint is never said."""
    database = transaction.get_connection()
    for within, run, _ in reversed(database.run_on_commit):
        said = getattr(run, "__self__", None)
        if isinstance(said, _Said) and within == set(database.savepoint_ids):
            said.parts.append(put)
            return
    transaction.on_commit(_Said(set(database.savepoint_ids), [put]).send, robust=True)


def put(
    line: Pipeline, schema_name: str, frames: Sequence[tuple[str, int, dict[str, Any]]]
) -> None:
    """Committed frames for the hall's channel."""
    if poke.is_quiet():
        return
    channel = names.live_channel(schema_name)
    for topic, seq, body in frames:
        hint = {"topic": topic, "seq": seq, "frame": body}
        line.publish(channel, json.dumps(hint, ensure_ascii=False, separators=(",", ":")))
