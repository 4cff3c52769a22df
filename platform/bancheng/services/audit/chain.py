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
from bancheng.services.audit.models import AuditEntry

_LOCK_CLASS = 4101
_GENESIS = b"\0" * 32


@transaction.atomic(savepoint=False)
def record(
    action: str,
    *,
    subject: str,
    subject_id: UUID | None,
    by: Actor,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry in the caller's transaction. `detail` must hold no personal data.

    Outside of one it makes its own: the lock that orders writers lasts as long as a transaction.
    """
    body = {
        "action": action,
        "subject": subject,
        "subject_id": str(subject_id) if subject_id else None,
        "by": {"kind": by.kind, "account": _text(by.account_id), "post": _text(by.post_id)},
        "detail": dict(detail or {}),
    }
    _append(body)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds: `broken_at` is the first bad seq, None when whole."""

    entries: int
    broken_at: int | None
    head: str


def verify() -> Verdict:
    """Walk the current schema's chain from its beginning."""
    before, expected, count = _GENESIS, 1, 0
    for seq, at, body, mac in _entries():
        if seq != expected or mac != _mac(before, seq, at, body):
            return Verdict(count, seq, before.hex())
        before, expected, count = mac, seq + 1, count + 1
    return Verdict(count, None, before.hex())


def _entries() -> Iterator[tuple[int, datetime, Any, bytes]]:
    rows = AuditEntry.objects.order_by("seq").values_list("seq", "at", "body", "mac")
    for seq, at, body, mac in rows.iterator(chunk_size=2000):
        yield seq, at, body, bytes(mac)


def _append(body: Mapping[str, Any]) -> None:
    """One writer at a time; the two-part lock id can only stall its own hall.

    The lock is a statement of its own: the next one sees what the writer before has committed.
    """
    ref = current.get()
    with connection.cursor() as cursor:
        name = ref.schema_name if ref else "public"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_CLASS, name])
        cursor.execute("SELECT seq, mac FROM audit_auditentry ORDER BY seq DESC LIMIT 1")
        last = cursor.fetchone()
        seq, before = (last[0] + 1, bytes(last[1])) if last else (1, _GENESIS)
        at = clock.now().astimezone(UTC)
        cursor.execute(
            "INSERT INTO audit_auditentry (seq, at, body, mac) VALUES (%s, %s, %s, %s)",
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
