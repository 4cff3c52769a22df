"""A notice about a file is read by nobody who may not see the file (any more)."""

from typing import Any

from django.db.models import QuerySet

from apps.conduct import permissions
from apps.notices import services as notices
from bancheng.kernel.actor import Actor


@notices.visible("conduct")
def files_seen(by: Actor) -> QuerySet[Any, Any]:
    """The ids of the files that the reader may see."""
    return permissions.visible_to(by).values("id")
