"""The files of a subject, and the bytes of one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from apps.attachments import limits, permissions, scanning
from apps.attachments.errors import NotAvailable
from apps.attachments.models import Attachment
from apps.attachments.rules import FIXED, KINDS, RELEASED
from apps.attachments.storage import Reader
from apps.attachments.subjects import Cipher, Sight, keeper_of
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class File:
    """One file as its readers see it; `shown` once its bytes may be had, `withdrawable` while the
    reader may take it back, `from_hall` by name where another one sent it, with
    which letter."""

    id: UUID
    subject: str
    subject_id: UUID
    name: str
    kind: str
    size: int
    personal: bool
    state: str
    finding: str
    added_at: datetime
    added_by: str
    from_citizen: bool
    withdrawn_at: datetime | None
    withdrawn_by: str
    reason: str
    shown: bool
    withdrawable: bool
    from_hall: str
    from_letter: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of a subject and of what lies beneath it, oldest first; what may be added."""

    results: list[File]
    may_add: bool
    takes: list[dict[str, Any]]
    most: int
    total_mb: int
    scanned: bool


def shelf(subject: str, subject_id: UUID, by: Actor) -> Shelf:
    """Everything kept under a subject that the actor may see; raises NotFound, Forbidden."""
    mine = permissions.sight(subject, subject_id, by)
    sights = {(subject, subject_id): mine}
    for kind, ident in keeper_of(subject).beneath(subject_id, by):
        sights[kind, ident] = mine
    rows = Attachment.objects.filter(subject_id__in=[ident for _, ident in sights])
    if not mine.personal:
        rows = rows.filter(Q(personal=False))
    cipher = cache(lambda kind, ident: keeper_of(kind).cipher(ident))
    files = [
        _file(row, sights[row.subject, row.subject_id], cipher(row.subject, row.subject_id), by)
        for row in rows.order_by("added_at", "id")
        if (row.subject, row.subject_id) in sights
    ]
    return Shelf(
        results=files,
        may_add=mine.add and permissions.may(by, "attachments.add"),
        takes=takes(),
        most=limits.most_files(citizen=by.kind == "citizen"),
        total_mb=limits.total_mb(),
        scanned=scanning.scanner() is not None,
    )


def takes() -> list[dict[str, Any]]:
    """The kinds that are taken in, with their endings and how large each may be."""
    known = [KINDS[code] for code in KINDS if code in limits.kinds()]
    return [
        {"kind": kind.code, "endings": list(kind.endings), "most_mb": limits.most_mb(kind)}
        for kind in known
    ]


def states(files: Collection[UUID]) -> dict[UUID, str]:
    """Where each of these files of the hall stands; unknown ones are left out."""
    return dict(Attachment.objects.filter(id__in=files).values_list("id", "state"))


def name_of(row: Attachment) -> str:
    """The name in plain."""
    return keeper_of(row.subject).cipher(row.subject_id).open(bytes(row.name), row.id, "name")


def bytes_of(row: Attachment) -> Iterator[bytes]:
    """The plain bytes, piece by piece; the hall is needed for the first one only.

    Raises NotAvailable for what is destroyed or not on the disk, CannotOpen for what was changed.
    """
    if row.key is None:
        raise NotAvailable(state=row.state)
    cipher = keeper_of(row.subject).cipher(row.subject_id)
    key = bytes.fromhex(cipher.open(bytes(row.key), row.id, "key"))
    try:
        return Reader(row.id, key, row.size).pieces()
    except FileNotFoundError:
        raise NotAvailable(state="missing") from None


def _file(row: Attachment, found: Sight, cipher: Cipher, by: Actor) -> File:
    return File(
        id=row.id,
        subject=row.subject,
        subject_id=row.subject_id,
        name=cipher.open(bytes(row.name), row.id, "name") if row.name else "",
        kind=row.kind,
        size=row.size,
        personal=row.personal,
        state=row.state,
        finding=row.finding,
        added_at=row.added_at,
        added_by=row.added_by_name,
        from_citizen=row.from_citizen,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by_name,
        reason=row.reason,
        from_hall=(row.origin or {}).get("hall_name", ""),
        from_letter=(row.origin or {}).get("letter"),
        shown=row.state in RELEASED,
        withdrawable=row.state not in FIXED
        and permissions.may_withdraw(row, found, by)
        and permissions.in_time(row, found, by),
    )


def for_citizens(*, open_: bool) -> dict[str, Any]:
    """What the page of a case tells its citizen: whether files may be sent, which, how many."""
    return {
        "open": open_ and limits.from_citizens(),
        "takes": takes(),
        "most": limits.most_files(citizen=True),
    }
