"""The bytes of files on their way from another hall: read there as that hall, sealed here anew.

Nothing of it happens in the transaction that took the letter. A file is claimed for a while, copied
outside of any transaction, and kept in one that locks its row: of a job that was killed nothing is
left but the claim, and the next one begins again.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.attachments import origin as origins
from apps.attachments import scanning, storage
from apps.attachments.errors import NotAvailable
from apps.attachments.models import Attachment
from apps.attachments.origin import Origin
from apps.attachments.rules import GONE, State
from apps.attachments.services import lending
from apps.attachments.services.adding import SCAN, record
from apps.attachments.storage import Reader, Writer
from apps.attachments.subjects import Settled, keeper_of
from bancheng.kernel import clock, poke
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import hall, here
from tenants import directory

log = logging.getLogger(__name__)
_CLAIM = timedelta(minutes=10)
_FIRST_WAIT = timedelta(seconds=20)
_LONGEST_WAIT = timedelta(minutes=30)
_AT_ONCE = 100
_NEVER = frozenset({*(state.value for state in GONE), State.FAILED.value, "missing"})


def fetch_coming() -> int:
    """Fetch what is on its way to the current hall, the longest waiting first; how many came.

    What the other hall does not have released yet, or cannot give at the moment, is asked for again
    later; what it no longer has will not come.
    """
    return sum(_fetch(file_id) for file_id in _due())


def _due() -> list[UUID]:
    rows = Attachment.objects.filter(state=State.COMING, scan_next_at__lte=clock.now())
    return list(rows.order_by("scan_next_at", "id").values_list("id", flat=True)[:_AT_ONCE])


def _fetch(file_id: UUID) -> bool:
    row = _claimed(file_id)
    if row is None:
        return False
    try:
        key = _copied(row)
    except NotAvailable as refusal:
        state = str(refusal.params["state"])
        return _lost(file_id, state) if state in _NEVER else _later(file_id, state)
    except (NotFound, CannotOpen) as refusal:
        return _lost(file_id, refusal.code)
    except Exception:
        log.exception("file %s could not be fetched", file_id)
        return _later(file_id, "unreachable")
    return _kept(file_id, key)


def _claimed(file_id: UUID) -> Attachment | None:
    """For ten minutes nobody else fetches it; None when somebody does."""
    now = clock.now()
    mine = Q(id=file_id, state=State.COMING, scan_next_at__lte=now)
    if not Attachment.objects.filter(mine).update(scan_next_at=now + _CLAIM):
        return None
    return Attachment.objects.get(id=file_id)


def _copied(row: Attachment) -> bytes:
    """Seal the other hall's bytes into a part of this hall; its key. Raises NotFound, NotAvailable,
    CannotOpen."""
    key = storage.new_key()
    with Writer(row.id, key) as target:
        for piece in _pieces(row):
            target.write(piece)
        target.finish()
    if target.size != row.size:
        raise CannotOpen
    return key


def _pieces(row: Attachment) -> Iterator[bytes]:
    """What the hall that has the file gives, entered for as long as it takes to ask."""
    origin, mine = origins.of(row.origin or {}), here().id
    if origin.sealed:
        return _sealed_pieces(row, origin)
    with hall(directory.by_id(origin.hall)):
        return lending.lend(letter_id=origin.letter, file_id=origin.file, to_hall=mine).pieces


def _sealed_pieces(row: Attachment, origin: Origin) -> Iterator[bytes]:
    """A sealed file brought the key along; in the hall below nobody has it any more."""
    cipher = keeper_of(row.subject).cipher(row.subject_id)
    key = bytes.fromhex(cipher.open(bytes(row.key or b""), row.id, "key"))
    with hall(directory.by_id(origin.hall)):
        try:
            return Reader(origin.file, key, row.size).pieces()
        except FileNotFoundError:
            raise NotAvailable(state="missing") from None


@transaction.atomic
def _kept(file_id: UUID, key: bytes) -> bool:
    row = _locked(file_id)
    if row is None:
        storage.destroy(file_id)
        return False
    keeper, scanned = keeper_of(row.subject), scanning.scanner() is not None
    row.key = keeper.cipher(row.subject_id).seal(key.hex(), row.id, "key")
    row.state = State.QUARANTINED if scanned else State.UNSCANNED
    row.scan_next_at, row.scan_tries = clock.now() if scanned else None, 0
    row.finding, row.added_at = "", clock.now()
    row.save(force_update=True)
    storage.keep(file_id)
    record("arrived", row, SYSTEM)
    _settle(row, "arrived")
    if scanned:
        poke.after_commit(SCAN)
    return True


@transaction.atomic
def _later(file_id: UUID, why: str) -> bool:
    row = _locked(file_id)
    if row is not None:
        wait = min(_FIRST_WAIT * 2 ** min(row.scan_tries, 10), _LONGEST_WAIT)
        row.scan_tries += 1
        row.scan_next_at, row.finding = clock.now() + wait, why[:120]
        row.save(update_fields=["scan_tries", "scan_next_at", "finding"])
    return False


@transaction.atomic
def _lost(file_id: UUID, why: str) -> bool:
    """It was withdrawn there, or found infected: it will not come."""
    row = _locked(file_id)
    if row is not None:
        row.state, row.key, row.scan_next_at, row.finding = State.NOT_TAKEN, None, None, why[:120]
        row.save(force_update=True)
        transaction.on_commit(lambda: storage.destroy(file_id), robust=True)
        record("not_taken", row, SYSTEM)
        _settle(row, "gone")
    return False


def _locked(file_id: UUID) -> Attachment | None:
    rows = Attachment.objects.select_for_update().filter(id=file_id, state=State.COMING)
    return rows.first()


def _settle(row: Attachment, how: str) -> None:
    """Tell who looks at it here, and the hall it came from; a sealed one is taken away there."""
    origin = origins.of(row.origin or {})
    if origin.sealed and how == "arrived":
        transaction.on_commit(lambda: _cleared(origin), robust=True)
    told = Settled(origin.letter, origin.hall, {origin.file: how})
    keeper_of(row.subject).settled(row.subject_id, told)


def _cleared(origin: Origin) -> None:
    with hall(directory.by_id(origin.hall)):
        storage.destroy(origin.file)
