"""What the screen at the entrance says (C-82): figures of the whole hall, nobody's data."""

from typing import Any

from apps.windows import load, parameters
from apps.windows.models import Queue, Window
from apps.windows.opening import Timetable
from apps.windows.rules import STAFFED
from bancheng.kernel import clock


def now() -> dict[str, Any]:
    """Open or closed, people waiting, the range over the queues that are served."""
    queues = list(Queue.objects.filter(active=True).order_by("position", "prefix"))
    lines, timetable = load.lines(queues), Timetable(queues)
    openings = [timetable.now(queue.id) for queue in queues]
    is_open = any(opening.open for opening in openings)
    told = [line.expected for line in lines if line.expected is not None]
    minutes = [min(low for low, _ in told), max(high for _, high in told)] if told else None
    opens = [opening.opens_at for opening in openings if opening.opens_at]
    closes = [opening.closes_at for opening in openings if opening.closes_at]
    return {
        "open": is_open,
        "opens_at": None if is_open else min(opens, default=None),
        "closes_at": max(closes, default=None) if is_open else None,
        "waiting": sum(line.waiting for line in lines),
        "minutes": minutes,
        "open_windows": Window.objects.filter(state__in=STAFFED).count(),
        "phone": parameters.text("windows.sign_phone"),
        "at": clock.now(),
    }
