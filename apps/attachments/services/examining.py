"""The scanner looks at what waits; until it said that a file is clean nobody is given it."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.attachments import queries, scanning, storage
from apps.attachments.errors import NotAvailable
from apps.attachments.models import Attachment
from apps.attachments.rules import State
from apps.attachments.scanning import CannotExamine, Scanner, Unreachable, Verdict
from apps.attachments.services.adding import record
from apps.attachments.subjects import keeper_of
from apps.notices import services as notices
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.errors import Refusal

log = logging.getLogger(__name__)
_MOST_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=30)
_AT_ONCE = 50


def examine_waiting() -> int:
    """Examine what waits in the current hall, oldest first; how many got a verdict.

    A scanner that is away leaves everything in quarantine: it is asked again at the next sweep.
    """
    scanner, done = scanning.scanner(), 0
    if scanner is None:
        return 0
    for file_id in _waiting():
        try:
            done += _examine(file_id, scanner)
        except Unreachable:
            log.warning("the virus scanner is away: files wait in quarantine")
            break
    return done


def _waiting() -> list[UUID]:
    due = Q(scan_next_at__isnull=True) | Q(scan_next_at__lte=clock.now())
    rows = Attachment.objects.filter(due, state=State.QUARANTINED)
    return list(rows.order_by("scan_next_at", "id").values_list("id", flat=True)[:_AT_ONCE])


def _examine(file_id: UUID, scanner: Scanner) -> bool:
    """Ask outside of any transaction, then write down what was said, unless somebody else did."""
    row = Attachment.objects.filter(id=file_id, state=State.QUARANTINED).first()
    if row is None:
        return False
    try:
        verdict = scanner.examine(queries.bytes_of(row))
    except (CannotExamine, NotAvailable, CannotOpen) as error:
        return _failed(file_id, error.code if isinstance(error, Refusal) else str(error))
    return _said(file_id, verdict)


@transaction.atomic
def _said(file_id: UUID, verdict: Verdict) -> bool:
    row = _locked(file_id)
    if row is None:
        return False
    row.scanned_at, row.finding = clock.now(), verdict.finding[:120]
    row.state = State.CLEAN if verdict.clean else State.INFECTED
    if not verdict.clean:
        row.key = None
        transaction.on_commit(lambda: storage.destroy(file_id), robust=True)
        _warn(row)
    row.save(force_update=True)
    record("cleared" if verdict.clean else "infected", row, SYSTEM)
    keeper_of(row.subject).hint(row.subject_id)
    return True


@transaction.atomic
def _failed(file_id: UUID, why: str) -> bool:
    """The scanner was there and could not do it: again later, five times, then for good."""
    row = _locked(file_id)
    if row is None:
        return False
    row.scan_tries += 1
    wait = min(_FIRST_WAIT * 2 ** (row.scan_tries - 1), _LONGEST_WAIT)
    row.scan_next_at, row.finding = clock.now() + wait, why[:120]
    over = row.scan_tries >= _MOST_TRIES
    if over:
        row.state = State.FAILED
    row.save(force_update=True)
    if over:
        record("not_examined", row, SYSTEM)
        keeper_of(row.subject).hint(row.subject_id)
    return over


def _locked(file_id: UUID) -> Attachment | None:
    rows = Attachment.objects.select_for_update().filter(id=file_id, state=State.QUARANTINED)
    return rows.first()


def _warn(row: Attachment) -> None:
    """Who added it hears that it is gone, and that their own machine wants looking at."""
    note = notices.Note("attachments.infected", row.subject, row.subject_id)
    notices.tell(note, to=notices.To(posts=[row.added_by]), by=SYSTEM)
