"""Files go with their subject when it becomes another one: an open case becomes a sealed file."""

from collections.abc import Collection
from uuid import UUID

from apps.attachments.models import Attachment
from apps.attachments.subjects import keeper_of
from bancheng.kernel.actor import Actor


def hand_over(old: Collection[UUID], new: tuple[str, UUID]) -> int:
    """Seal names and keys anew for the new subject, in the caller's transaction, which has locked
    both; how many files went. What an old subject's key opened, it opens no more."""
    after = keeper_of(new[0]).cipher(new[1])
    held = Attachment.objects.select_for_update().filter(subject_id__in=old)
    rows = list(held.order_by("id"))
    for row in rows:
        before = keeper_of(row.subject).cipher(row.subject_id)
        name = before.open(bytes(row.name), row.id, "name")
        row.name = after.seal(name, row.id, "name")
        if row.key is not None:
            key = before.open(bytes(row.key), row.id, "key")
            row.key = after.seal(key, row.id, "key")
        row.subject, row.subject_id = new
    Attachment.objects.bulk_update(rows, ["subject", "subject_id", "name", "key"])
    return len(rows)


def take_over(old: tuple[str, UUID], new: tuple[str, UUID], *, by: Actor) -> int:
    """The files of a subject of one's own go over to what has become of it; how many went. A
    subject that does not exist for the actor has none."""
    keeper = keeper_of(old[0])
    if keeper.sight(old[1], by) is None:
        return 0
    keeper.take(old[1], by)
    return hand_over([old[1]], new)
