"""A window that somebody has open must be closed before the post ends: nobody inherits a queue."""

from uuid import UUID

from apps.staff import holdings
from apps.staff.holdings import Kind
from apps.windows.models import Window
from apps.windows.rules import WindowState


def _open(post: UUID) -> int:
    return Window.objects.filter(clerk_id=post).exclude(state=WindowState.CLOSED).count()


holdings.on_posts([Kind("windows.open", _open)])
