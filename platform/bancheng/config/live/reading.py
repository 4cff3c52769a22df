"""Asking the log of any hall from the hub's loop (bancheng.services.live)."""

import hashlib
from collections.abc import Collection
from typing import Protocol

from django.db import connection

from bancheng.config.live import frames
from bancheng.config.live.database import in_thread
from bancheng.config.live.frames import Message
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log

Missed = list[tuple[int, Message]]


class Log(Protocol):
    """What the hub and the mailboxes need of a log."""

    async def heads(self, ref: HallRef, topics: Collection[str]) -> dict[str, int]:
        """The newest number of each topic."""

    async def since(self, ref: HallRef, topic: str, after: int) -> Missed | None:
        """Everything after number `after` in order, or None when it cannot be had."""


class DatabaseLog:
    """The log in PostgreSQL."""

    async def heads(self, ref: HallRef, topics: Collection[str]) -> dict[str, int]:
        """The newest number of each topic; raises DatabaseError."""
        return await _heads(ref, topics)

    async def since(self, ref: HallRef, topic: str, after: int) -> Missed | None:
        """Everything after `after`, at most 500 events; raises DatabaseError."""
        return await _since(ref, topic, after)


@in_thread
def _heads(ref: HallRef, topics: Collection[str]) -> dict[str, int]:
    with hall(ref):
        return log.heads(topics)


@in_thread
def _since(ref: HallRef, topic: str, after: int) -> Missed | None:
    with hall(ref):
        found = log.since(topic, after)
    return None if found is None else [(frame["seq"], frames.message(frame)) for frame in found]


def epoch(ref: HallRef) -> str:
    """Changes when a hall's numbers may have begun anew: another schema, cluster or timeline.

    A recovered cluster runs on a new timeline (security.md §5.7), a recovered hall in a new schema.
    """
    with hall(None), connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, timeline_id"
            " FROM pg_control_system(), pg_control_checkpoint()"
        )
        cluster = cursor.fetchone()
    return hashlib.sha256(f"{cluster}:{ref.schema_name}".encode()).hexdigest()[:16]
