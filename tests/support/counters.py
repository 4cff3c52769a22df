"""A hall's queues and windows, for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from apps.windows import services
from apps.windows.models import Ticket
from apps.windows.rules import PriorityReason, WindowKind
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.hall import HallRef, hall

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.ZONE)


def queue_in(ref: HallRef, prefix: str = "Z", name: str = "办不成事", position: int = 0) -> UUID:
    """A new queue."""
    with hall(ref):
        return services.add_queue(prefix=prefix, name=name, position=position, by=SYSTEM)


def window_in(
    ref: HallRef, queues: Sequence[UUID], number: str = "1", clerk: Actor | None = None
) -> UUID:
    """A new window, opened by `clerk` when one is given."""
    with hall(ref):
        made = services.add_window(
            number=number,
            name="综合窗口",
            kind=WindowKind.INTEGRATED,
            queue_ids=queues,
            by=SYSTEM,
        )
        if clerk is not None:
            services.open_window(window_id=made, by=clerk)
    return made


def tickets_in(
    ref: HallRef, queue: UUID, count: int = 1, reason: PriorityReason | None = None
) -> list[Ticket]:
    """Numbers taken one after the other."""
    with hall(ref):
        return [
            services.take(queue_id=queue, priority_reason=reason, by=SYSTEM).ticket
            for _ in range(count)
        ]


def later(minutes: float) -> datetime:
    """So many minutes after the test morning."""
    return MORNING + timedelta(minutes=minutes)
