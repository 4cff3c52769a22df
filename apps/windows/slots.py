"""Which slots of appointments a queue offers: its opening hours cut into equal pieces."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.windows import parameters
from apps.windows.models import Appointment, Queue
from apps.windows.opening import Timetable
from apps.windows.rules import HOLDS_A_SLOT
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock

_FARTHEST = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a day and how many more may book it."""

    start: datetime
    end: datetime
    left: int


def days_on_offer() -> list[date]:
    """Tomorrow up to the fifth working day from now (both the hall's to decide)."""
    works, wanted = (
        calendar.timekeeping().calendar.works,
        parameters.number("appointments.days_ahead"),
    )
    last, working = clock.today(), 0
    while working < wanted and (last - clock.today()).days < _FARTHEST:
        last += timedelta(days=1)
        working += works(last)
    span = (last - clock.today()).days
    return [clock.today() + timedelta(days=n) for n in range(1, span + 1)]


def slots(queue: Queue, day: date) -> list[Slot]:
    """The slots of a day with their free places; none for a queue without appointments."""
    if not queue.slot_capacity or not queue.active:
        return []
    held = Appointment.objects.filter(queue=queue, day=day, state__in=HOLDS_A_SLOT)
    taken = Counter(held.values_list("slot_start", flat=True))
    return [
        Slot(start, end, max(queue.slot_capacity - taken[start], 0))
        for start, end in _pieces(queue, day)
    ]


def next_free(queue: Queue, most: int = 3) -> list[datetime]:
    """The first free slots, for somebody who gets no number today."""
    free = (slot.start for day in days_on_offer() for slot in slots(queue, day) if slot.left > 0)
    return [start for start, _ in zip(free, range(most), strict=False)]


def _pieces(queue: Queue, day: date) -> Iterator[tuple[datetime, datetime]]:
    length = timedelta(minutes=parameters.number("appointments.slot_minutes"))
    for opens, closes in Timetable([queue]).on(queue.id, day):
        start = opens
        while start + length <= closes:
            yield start, start + length
            start += length
