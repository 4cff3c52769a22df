"""Hints through Valkey: best effort, never in the way of business (security.md §5.9)."""

import json
import logging
import time
from collections.abc import Sequence
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from bancheng.kernel import names, poke

log = logging.getLogger(__name__)
_REST_SECONDS = 2.0
_client: redis.Redis | None = None
_away_until = 0.0


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


def send(schema_name: str, frames: Sequence[tuple[str, int, dict[str, Any]]]) -> None:
    """Publish committed frames on the hall's channel; failures are counted on by nobody."""
    global _away_until
    if poke.is_quiet() or away():
        return
    channel = names.live_channel(schema_name)
    try:
        pipe = valkey().pipeline(transaction=False)
        for topic, seq, body in frames:
            hint = {"topic": topic, "seq": seq, "frame": body}
            pipe.publish(channel, json.dumps(hint, ensure_ascii=False, separators=(",", ":")))
        pipe.execute()
    except redis.RedisError:
        _away_until = time.monotonic() + _REST_SECONDS
        log.warning("valkey away: live hints paused, pages poll")
