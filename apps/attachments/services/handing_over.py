"""Files go with their subject when it becomes another one: an open case becomes a sealed file."""

from uuid import UUID

from apps.attachments.models import Attachment
from apps.attachments.subjects import keeper_of


def hand_over(old: tuple[str, UUID], new: tuple[str, UUID]) -> int:
    """Seal names and keys anew for the new subject, in the caller's transaction, which has locked
    both; how many files went. What the old subject's key opened, it opens no more."""
    before, after = keeper_of(old[0]).cipher(old[1]), keeper_of(new[0]).cipher(new[1])
    rows = list(Attachment.objects.filter(subject=old[0], subject_id=old[1]).order_by("id"))
    for row in rows:
        name = before.open(bytes(row.name), row.id, "name")
        row.name = after.seal(name, row.id, "name")
        if row.key is not None:
            key = before.open(bytes(row.key), row.id, "key")
            row.key = after.seal(key, row.id, "key")
        row.subject, row.subject_id = new
    Attachment.objects.bulk_update(rows, ["subject", "subject_id", "name", "key"])
    return len(rows)
