"""A notice about a case, and a draft, is read by nobody who may not see the case (any more)."""

from typing import Any

from django.db.models import QuerySet

from apps.cases import permissions
from apps.drafts import permissions as drafts
from apps.notices import services as notices
from bancheng.kernel.actor import Actor


@drafts.visible("case")
@notices.visible("case")
def cases_seen(by: Actor) -> QuerySet[Any, Any]:
    """The ids of the cases that the reader may see."""
    return permissions.visible_to(by).values("id")


@notices.visible("reception")
def receptions_seen(by: Actor) -> QuerySet[Any, Any]:
    """The ids of the receptions that the reader may see."""
    return permissions.receptions_seen(by).values("id")
