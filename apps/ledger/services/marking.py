"""Columns 66 and 67: a closed case goes to the archive, a remark is written beside a case. Both are
lines of the case's own history."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.details import Detail
from apps.cases.reading import records
from apps.cases.services import recording
from apps.cases.services.recording import Locked, Written
from apps.ledger import permissions
from apps.ledger.errors import ArchivedAlready, NotClosed
from apps.ledger.filters import ARCHIVED
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, Stale

REMARKED = "ledger.remarked"


@dataclass(frozen=True, slots=True)
class Archived(Detail):
    """Where the papers lie (档号), if somebody said so."""

    shelf: str = ""


@transaction.atomic
def archive(*, case_id: UUID, version: int, shelf: str, by: Actor) -> Any:
    """Put a closed case to the archive; the case. Begun again, it is there no longer.

    Raises NotFound, Stale, Forbidden, NotClosed, ArchivedAlready.
    """
    case = _taken(case_id, version, by)
    if case.closed_at is None:
        raise NotClosed
    since = records.of_ids([case.id], by, parts={records.HISTORY}, kinds=(ARCHIVED,))[0]
    if any(line.at >= case.closed_at for line in since.lines):
        raise ArchivedAlready
    recording.write(case, Written(ARCHIVED, detail=Archived(shelf.strip())), by)
    return case


@transaction.atomic
def remark(*, case_id: UUID, version: int, text: str, by: Actor) -> Any:
    """Write the remark that the ledger shows; the case. The newest one is shown, all are kept.

    Raises NotFound, Stale, Forbidden, Invalid.
    """
    case = _taken(case_id, version, by)
    if not text.strip():
        raise Invalid(errors={"text": ["required"]})
    recording.write(case, Written(REMARKED, text.strip()), by)
    return case


def _taken(case_id: UUID, version: int, by: Actor) -> Locked:
    case = recording.take(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, "ledger.mark")
    return case
