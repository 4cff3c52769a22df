"""What the hall that sent a file along with a letter does for the hall that takes it."""

from uuid import UUID

from django.db import transaction

from apps.attachments import queries
from apps.attachments.errors import NotAvailable
from apps.attachments.models import Attachment
from apps.attachments.rules import KINDS, RELEASED
from apps.attachments.services.adding import record
from apps.attachments.services.reading import Content
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.kinds import EventKind, LetterState
from bancheng.city.exchange.queries import Line
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import here


@transaction.atomic
def lend(*, letter_id: UUID, file_id: UUID, to_hall: UUID) -> Content:
    """The bytes of a file that this hall sent along with a letter, for its other end alone.

    The audit entry is written before the first byte leaves. Raises NotFound for a file that does
    not go to that hall (also while its letter waits for a decision, or was returned), NotAvailable
    for one that is not released, or no longer here.
    """
    if not _goes(letter_id, file_id, to_hall):
        raise NotFound
    row = Attachment.objects.filter(id=file_id).first()
    if row is None or row.state not in RELEASED:
        raise NotAvailable(state=row.state if row else "missing")
    record("lent", row, SYSTEM)
    pieces = queries.bytes_of(row)
    return Content(queries.name_of(row), KINDS[row.kind], row.size, pieces)


def _goes(letter_id: UUID, file_id: UUID, to_hall: UUID) -> bool:
    letter = exchange.letter(letter_id)
    if {letter.from_hall, letter.to_hall} != {here().id, to_hall}:
        return False
    decided = letter.state not in (LetterState.SENT, LetterState.RETURNED)
    lines = exchange.lines([letter_id])[letter_id]
    return any(
        file.id == file_id for line in lines if decided and _own(line) for file in line.files
    )


def _own(line: Line) -> bool:
    return line.by_hall == here().id and line.kind in (EventKind.SENT, EventKind.ANSWERED)
