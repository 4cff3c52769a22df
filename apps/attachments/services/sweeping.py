"""What nobody names any more is taken off the disk."""

from apps.attachments import storage
from apps.attachments.models import Attachment
from apps.attachments.rules import GONE

_AN_HOUR = 3600.0


def sweep() -> int:
    """Parts of uploads that broke off, and files without a living row, after an hour; how many."""
    found = set(storage.older_than(_AN_HOUR))
    rows = Attachment.objects.filter(id__in=found).exclude(state__in=GONE)
    lost = found - set(rows.values_list("id", flat=True))
    for file_id in lost:
        storage.destroy(file_id)
    return len(lost)
