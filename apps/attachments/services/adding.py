"""A file that arrived becomes part of its subject."""

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, Sum

from apps.attachments import limits, permissions, scanning, storage
from apps.attachments.errors import Full
from apps.attachments.models import Attachment
from apps.attachments.rules import GONE, State
from apps.attachments.services.receiving import Arrival
from apps.attachments.subjects import Said, keeper_of
from bancheng.kernel import clock, poke
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit

SCAN = "attachments.scan"


@transaction.atomic
def add(arrival: Arrival, *, subject: str, subject_id: UUID, by: Actor) -> Attachment:
    """Keep an arrival under a visible subject; where there is a scanner, in quarantine first.

    Raises NotFound, Forbidden, Full.
    """
    keeper = keeper_of(subject)
    taken = keeper.take(subject_id, by)
    permissions.require_add(permissions.sight(subject, subject_id, by), by)
    _require_room(arrival, subject_id, by)
    cipher, scanned = keeper.cipher(subject_id), scanning.scanner() is not None
    row = Attachment(
        id=arrival.id,
        subject=subject,
        subject_id=subject_id,
        kind=arrival.kind.code,
        name=cipher.seal(arrival.name, arrival.id, "name"),
        key=cipher.seal(arrival.key.hex(), arrival.id, "key"),
        size=arrival.size,
        personal=arrival.personal,
        state=State.QUARANTINED if scanned else State.UNSCANNED,
        added_by=by.post_id,
        added_by_name=by.name if by.kind == "person" else "",
        from_citizen=by.kind == "citizen",
        scan_next_at=clock.now() if scanned else None,
    )
    row.save(force_insert=True)
    storage.keep(arrival.id)
    arrival.kept = True
    record("added", row, by)
    keeper.write(taken, Said("added", row.id, row.kind, row.size), by)
    if scanned:
        poke.after_commit(SCAN)
    return row


def _require_room(arrival: Arrival, subject_id: UUID, by: Actor) -> None:
    """How many and how much may lie there; raises Full."""
    rows = Attachment.objects.filter(subject_id=subject_id).exclude(state__in=GONE)
    citizens = Count("id", filter=Q(from_citizen=True))
    lying = rows.aggregate(files=Count("id"), size=Sum("size"), citizens=citizens)
    if lying["files"] >= limits.most_files(citizen=False):
        raise Full(most=limits.most_files(citizen=False), unit="files")
    if by.kind == "citizen" and lying["citizens"] >= limits.most_files(citizen=True):
        raise Full(most=limits.most_files(citizen=True), unit="files")
    if (lying["size"] or 0) + arrival.size > limits.total_mb() * limits.MB:
        raise Full(most=limits.total_mb(), unit="mb")


def record(verb: str, row: Attachment, by: Actor) -> None:
    """One entry on the chain of the subject: kinds and figures, no names."""
    audit.record(
        f"attachments.{verb}",
        subject="attachment",
        subject_id=row.id,
        by=by,
        detail={"under": row.subject, "kind": row.kind, "size": row.size, "state": row.state},
        sealed=keeper_of(row.subject).sealed,
    )
