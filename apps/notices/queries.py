"""Reading one's own notices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from apps.notices import permissions
from apps.notices.models import Notice
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor

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


def told_since(subject_id: UUID, since: datetime) -> bool:
    """Whether anybody was told of this subject: for what is said once."""
    return Notice.objects.filter(subject_id=subject_id, at__gte=since).exists()
