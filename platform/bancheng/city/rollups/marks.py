"""Which days of which halls changed: a set in Valkey, outside of every transaction.

A mark may be lost (the healer finds the change) or set twice (folding is idempotent), so nothing
waits for it and nothing fails without it (performance.md §3.2).
"""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import redis
from redis.client import Pipeline

from bancheng.services.live import hints

log = logging.getLogger(__name__)
_KEY = "rollups:dirty"

Mark = tuple[UUID, date]


def add(marks: Iterable[Mark]) -> None:
    """Mark days as changed; nothing happens while Valkey is away."""
    members = _written(marks)
    if not members or hints.away():
        return
    try:
        hints.valkey().sadd(_KEY, *members)
    except redis.RedisError:
        log.warning("valkey away: %d rollup marks left to the healer", len(members))


def put(line: Pipeline, marks: Iterable[Mark]) -> None:
    """Mark days as changed with all else that is said after a commit."""
    members = _written(marks)
    if members:
        line.sadd(_KEY, *members)


def _written(marks: Iterable[Mark]) -> list[str]:
    return [f"{hall}:{day.isoformat()}" for hall, day in marks]


def take(limit: int) -> list[Mark]:
    """Remove and return up to `limit` marks; none while Valkey is away."""
    try:
        members: Any = hints.valkey().spop(_KEY, limit) or []
    except redis.RedisError:
        log.warning("valkey away: no rollup marks to fold")
        return []
    return [_read(member.decode()) for member in members]


def _read(member: str) -> Mark:
    hall, day = member.split(":")
    return UUID(hall), date.fromisoformat(day)
