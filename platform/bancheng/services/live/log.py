"""Publishing to topics and reading them back (frontend.md §5.6, design.md §7)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from bancheng.kernel import clock
from bancheng.kernel.hall import here
from bancheng.services.live import hints
from bancheng.services.live.models import LiveEvent, LiveTopic

_KEEP = timedelta(hours=24)
_REPLAY_MOST = 500
PEOPLE = "people"
"""Says that sessions, devices or roles of the hall changed: sockets ask again who they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a page needs to know to look again; `data` holds nothing a permission guards."""

    kind: str
    ref: object = ""
    version: int | None = None
    data: Mapping[str, Any] | None = None
    actor: str = ""
    cid: str = ""


def publish(topics: Iterable[str], change: Change) -> dict[str, int]:
    """Append `change` to each topic in the caller's transaction; the sequence numbers given.

    Call it last and once in a service: the topics' rows stay locked until the commit, always
    taken in the order of their names.
    """
    names = sorted(set(topics))
    at = clock.now().astimezone(UTC)
    rows = _append(names, at, change)
    frames = [(topic, seq, frame(topic, seq, at, change)) for topic, seq in rows]
    schema = here().schema_name
    hints.after_commit(lambda line: hints.put(line, schema, frames))
    return dict(rows)


def _append(names: list[str], at: datetime, change: Change) -> list[tuple[str, int]]:
    """Number and store in one statement, so that a topic's order is its commit order."""
    sql = """
        WITH numbered AS (
            INSERT INTO live_livetopic (topic, seq) SELECT unnest(%s::text[]), 1
            ON CONFLICT (topic) DO UPDATE SET seq = live_livetopic.seq + 1
            RETURNING topic, seq)
        INSERT INTO live_liveevent
            (topic, seq, at, kind, ref, version, data, actor, cid)
        SELECT topic, seq, %s, %s, %s, %s, %s::jsonb, %s, %s FROM numbered
        RETURNING topic, seq"""
    data = json.dumps(dict(change.data or {}), ensure_ascii=False)
    ref = str(change.ref)
    values: list[Any] = [
        names,
        at,
        change.kind,
        ref,
        change.version,
        data,
        change.actor,
        change.cid,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(str(topic), int(seq)) for topic, seq in cursor.fetchall()]


def frame(topic: str, seq: int, at: datetime, change: Change) -> dict[str, Any]:
    """An `ev` frame of the socket protocol."""
    return {
        "t": "ev",
        "topic": topic,
        "seq": seq,
        "at": at.isoformat(),
        "kind": change.kind,
        "ref": str(change.ref),
        "version": change.version,
        "data": dict(change.data or {}),
        "actor": change.actor,
        "cid": change.cid,
    }


_HEADS = f"SELECT topic, seq FROM {LiveTopic._meta.db_table} WHERE topic = ANY(%s)"  # noqa: S608


def heads(topics: Iterable[str]) -> dict[str, int]:
    """The newest number of each topic; 0 for one that never had an event."""
    names = list(topics)
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [names])
        found: dict[str, int] = dict(cursor.fetchall())
    return {name: found.get(name, 0) for name in names}


def since(topic: str, after: int) -> list[dict[str, Any]] | None:
    """Frames after number `after`, oldest first; None when they are gone and a reset is due."""
    head = heads([topic])[topic]
    rows = list(LiveEvent.objects.filter(topic=topic, seq__gt=after).order_by("seq")[:_REPLAY_MOST])
    complete = rows[0].seq == after + 1 and rows[-1].seq >= head if rows else after == head
    if not complete:
        return None
    return [frame(row.topic, row.seq, row.at, _change(row)) for row in rows]


def _change(row: LiveEvent) -> Change:
    return Change(row.kind, row.ref, row.version, row.data, row.actor, row.cid)


def silence(refs: Iterable[object]) -> int:
    """Take from every topic what it said of these subjects; the events blanked.

    Their numbers stay, so that no page sees a hole: what remains says that something changed.
    """
    said = LiveEvent.objects.filter(ref__in=[str(ref) for ref in refs])
    return said.update(kind="changed", ref="", version=None, data={}, actor="", cid="")


def forget() -> int:
    """Delete events older than 24 hours; the number deleted."""
    return LiveEvent.objects.filter(at__lt=clock.now() - _KEEP).delete()[0]
