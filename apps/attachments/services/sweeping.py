"""What nobody names any more is taken off the disk."""

from datetime import timedelta

from apps.attachments import origin as origins
from apps.attachments import storage
from apps.attachments.models import Attachment
from apps.attachments.rules import GONE, State
from bancheng.kernel import clock
from bancheng.kernel.hall import hall
from tenants import directory

_AN_HOUR = 3600.0
_LATELY = timedelta(days=2)
_DESTROYED = GONE - {State.SENT_UP}


def sweep() -> int:
    """Parts of uploads that broke off, and files without a living row, after an hour; how many.

    What went up with a sealed file stays until the hall above has it: nobody here can read it.
    """
    found = set(storage.older_than(_AN_HOUR))
    rows = Attachment.objects.filter(id__in=found).exclude(state__in=_DESTROYED)
    lost = found - set(rows.values_list("id", flat=True))
    for file_id in lost:
        storage.destroy(file_id)
    return len(lost)


def clear_taken() -> int:
    """What this hall has taken with a sealed file is taken away below, in case that whoever fetched
    it was killed before; how many files were looked at."""
    rows = Attachment.objects.filter(origin__sealed=True, added_at__gte=clock.now() - _LATELY)
    arrived = rows.exclude(state__in=(State.COMING, State.NOT_TAKEN))
    found = [origins.of(stored) for stored in arrived.values_list("origin", flat=True) if stored]
    for one in found:
        with hall(directory.by_id(one.hall)):
            storage.destroy(one.file)
    return len(found)
