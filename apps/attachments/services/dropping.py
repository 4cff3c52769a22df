"""Files whose subject is thrown away go with it: nothing of them stays, not even a line."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from apps.attachments import storage
from apps.attachments.models import Attachment


def drop(subject: str, subject_ids: Collection[UUID]) -> int:
    """Delete the files of these subjects in the caller's transaction, their bytes after it; how
    many."""
    rows = Attachment.objects.filter(subject=subject, subject_id__in=subject_ids)
    gone = list(rows.order_by("id").values_list("id", flat=True))
    if gone:
        Attachment.objects.filter(id__in=gone).delete()
        transaction.on_commit(lambda: _destroy(gone), robust=True)
    return len(gone)


def _destroy(files: Iterable[UUID]) -> None:
    for file_id in files:
        storage.destroy(file_id)
