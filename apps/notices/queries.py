"""Reading one's own notices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from apps.notices import permissions
from apps.notices.models import Notice
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page

ORDER = ("read", "-at", "-id")
_MOST_COUNTED = 100


def own(by: Actor) -> QuerySet[Any, Any]:
    """The actor's notices, to be paged by ORDER: unread first, then the newest."""
    staff.require(by, "notices.read")
    read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return permissions.visible_to(by).annotate(read=read)


def unread(by: Actor) -> int:
    """How many are unread; counting ends at a hundred."""
    staff.require(by, "notices.read")
    rows = permissions.visible_to(by).filter(read_at__isnull=True)
    return rows.order_by()[:_MOST_COUNTED].count()


def unread_beside(found: Page, by: Actor, *, first: bool) -> int:
    """The same beside a page of `own`: unread ones stand first, so that the first page tells by
    itself how many there are when it also holds a read one, or nothing follows it."""
    if first and (found.next is None or found.rows[-1].read):
        return min(sum(not one.read for one in found.rows), _MOST_COUNTED)
    return unread(by)


def told_since(subject_id: UUID, since: datetime) -> bool:
    """Whether anybody was told of this subject: for what is said once."""
    return Notice.objects.filter(subject_id=subject_id, at__gte=since).exists()
