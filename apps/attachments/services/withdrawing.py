"""A file is taken back: its line and the reason stay, its bytes and its key do not."""

from uuid import UUID

from django.db import transaction

from apps.attachments import limits, permissions, storage
from apps.attachments.errors import NotAvailable, TooLate
from apps.attachments.models import Attachment
from apps.attachments.rules import FIXED, State
from apps.attachments.services.adding import record
from apps.attachments.subjects import Said, keeper_of
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden


@transaction.atomic
def withdraw(*, file_id: UUID, reason: str, by: Actor) -> Attachment:
    """Take a file back. Raises NotFound, Forbidden, TooLate (for who added it), NotAvailable."""
    row = permissions.seen(file_id, by)
    keeper = keeper_of(row.subject)
    taken = keeper.take(row.subject_id, by)
    row = Attachment.objects.select_for_update().get(id=file_id)
    _require(row, by)
    row.state, row.key = State.WITHDRAWN, None
    row.withdrawn_at, row.withdrawn_by_name, row.reason = clock.now(), by.name, reason.strip()
    row.save(force_update=True)
    transaction.on_commit(lambda: storage.destroy(file_id), robust=True)
    record("withdrawn", row, by)
    keeper.write(taken, Said("withdrawn", row.id, row.kind, row.size, row.reason), by)
    return row


def _require(row: Attachment, by: Actor) -> None:
    found = permissions.sight(row.subject, row.subject_id, by)
    if not permissions.may_withdraw(row, found, by):
        raise Forbidden(permission="attachments.withdraw")
    if row.state in FIXED:
        raise NotAvailable(state=row.state)
    if not permissions.in_time(row, found, by):
        raise TooLate(hours=limits.withdraw_hours())
