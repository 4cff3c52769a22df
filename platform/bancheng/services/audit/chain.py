"""Appending to the chain and walking it (security.md §4.3)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bancheng.kernel import clock, crypto, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import current
from bancheng.services.audit.models import AuditEntry, SealedEntry

_GENESIS = b"\0" * 32
_LOCKS = {AuditEntry: 4101, SealedEntry: 4102}
Chain = type[AuditEntry] | type[SealedEntry]


@transaction.atomic(savepoint=False)
def record(
    action: str,
    *,
    subject: str,
    subject_id: UUID | None,
    by: Actor,
    detail: Mapping[str, Any] | None = None,
    sealed: bool = False,
) -> None:
    """Append one entry in the caller's transaction. `detail` must hold no personal data. What is
    done on a sealed file goes on the sealed files' own chain.

    Outside of one it makes its own: the lock that orders writers lasts as long as a transaction.
    """
    body = {
        "action": action,
        "subject": subject,
        "subject_id": str(subject_id) if subject_id else None,
        "by": {"kind": by.kind, "account": _text(by.account_id), "post": _text(by.post_id)},
        "detail": dict(detail or {}),
    }
    _append(SealedEntry if sealed else AuditEntry, body)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds: `broken_at` is the first bad seq, None when whole."""

    entries: int
    broken_at: int | None
    head: str


def verify(*, sealed: bool = False) -> Verdict:
    """Walk the current schema's chain, or that of its sealed files, from its beginning."""
    before, expected, count = _GENESIS, 1, 0
    for seq, at, body, mac in _entries(SealedEntry if sealed else AuditEntry):
        if seq != expected or mac != _mac(before, seq, at, body):
            return Verdict(count, seq, before.hex())
        before, expected, count = mac, seq + 1, count + 1
    return Verdict(count, None, before.hex())


@dataclass(frozen=True, slots=True)
class Act:
    """One entry about a sealed file as its supervisors read it."""

    seq: int
    at: datetime
    action: str
    post: UUID | None
    detail: Mapping[str, Any]


def sealed_acts(subject_id: UUID) -> list[Act]:
    """Everything that was done on a sealed file, in order; the caller has asked who may read."""
    rows = SealedEntry.objects.filter(body__subject_id=str(subject_id)).order_by("seq")
    return [
        Act(row.seq, row.at, row.body["action"], _id(row.body["by"]["post"]), row.body["detail"])
        for row in rows
    ]


def _entries(chain: Chain) -> Iterator[tuple[int, datetime, Any, bytes]]:
    rows = chain._base_manager.order_by("seq").values_list("seq", "at", "body", "mac")
    for seq, at, body, mac in rows.iterator(chunk_size=2000):
        yield seq, at, body, bytes(mac)


def _append(chain: Chain, body: Mapping[str, Any]) -> None:
    """One writer at a time; the two-part lock id can only stall its own hall.

    The lock is a statement of its own: the next one sees what the writer before has committed.
    """
    ref, table = current.get(), chain._meta.db_table
    with connection.cursor() as cursor:
        name = ref.schema_name if ref else "public"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS[chain], name])
        cursor.execute(f"SELECT seq, mac FROM {table} ORDER BY seq DESC LIMIT 1")  # noqa: S608
        last = cursor.fetchone()
        seq, before = (last[0] + 1, bytes(last[1])) if last else (1, _GENESIS)
        at = clock.now().astimezone(UTC)
        cursor.execute(
            f"INSERT INTO {table} (seq, at, body, mac) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [seq, at, json.dumps(body), _mac(before, seq, at, body)],
        )


def _mac(before: bytes, seq: int, at: datetime, body: Any) -> bytes:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return crypto.mac(
        keyring.keys().audit, before, str(seq).encode(), stamp.encode(), canonical.encode()
    )


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
