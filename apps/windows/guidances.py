"""Reading what was recorded beside the windows."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from apps.windows import permissions
from apps.windows.models import Guidance
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


def seen(by: Actor, *, kind: str = "", day: date | None = None) -> QuerySet[Guidance]:
    """What the actor may see: a greeter what they recorded today (C-85), the counter all."""
    permissions.require(by, "guidance.record")
    found = Guidance.objects.select_related("ticket", "queue")
    if not permissions.may(by, "guidance.read"):
        found, day = found.filter(post_id=by.post_id), clock.today()
    if day is not None:
        start = datetime.combine(day, time.min, clock.ZONE)
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found.filter(kind=kind) if kind else found


def one(by: Actor, guidance_id: UUID) -> Guidance:
    """One of them; raises NotFound also for what the actor may not see."""
    found = seen(by).filter(id=guidance_id).first()
    if found is None:
        raise NotFound
    return found
