"""How full each queue is at this moment, in the words of domain.md §3.7: 畅通, 一般, 拥挤, 饱和."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from apps.windows import outlooks, parameters
from apps.windows.models import Queue


class Band(StrEnum):
    """By the middle of the expected minutes; unknown without an open window or a past."""

    SMOOTH = "smooth"
    NORMAL = "normal"
    CROWDED = "crowded"
    SATURATED = "saturated"
    UNKNOWN = "unknown"


TOO_FULL = (Band.CROWDED, Band.SATURATED)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue as the board shows it."""

    queue: Queue
    waiting: int
    priority: int
    appointments: int
    oldest_at: datetime | None
    open_windows: int
    expected: tuple[int, int] | None
    band: Band


def lines(queues: Iterable[Queue] | None = None) -> list[QueueLine]:
    """Every active queue in its order, or these."""
    wanted = (
        Queue.objects.filter(active=True).order_by("position", "prefix")
        if queues is None
        else queues
    )
    return [_shown(line) for line in outlooks.lines(list(wanted))]


def _shown(line: outlooks.Line) -> QueueLine:
    waiting = line.waiting
    expected = line.newcomer(priority=False).minutes
    nobody_serves = bool(waiting) and not line.open_windows
    return QueueLine(
        queue=line.queue,
        waiting=len(waiting),
        priority=sum(row.priority for row in waiting),
        appointments=sum(row.slot_start is not None for row in waiting),
        oldest_at=min((row.since for row in waiting), default=None),
        open_windows=line.open_windows,
        expected=expected,
        band=Band.SATURATED if nobody_serves else band_of(expected),
    )


def band_of(minutes: tuple[int, int] | None) -> Band:
    """The band of a range; its edges are the hall's to decide."""
    if minutes is None:
        return Band.UNKNOWN
    middle = sum(minutes) / 2
    for name, band in (
        ("windows.band_saturated", Band.SATURATED),
        ("windows.band_crowded", Band.CROWDED),
        ("windows.band_normal", Band.NORMAL),
    ):
        if middle >= parameters.number(name):
            return band
    return Band.SMOOTH
