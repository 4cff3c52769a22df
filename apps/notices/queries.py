"""Reading one's own notices."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from apps.notices import permissions
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
