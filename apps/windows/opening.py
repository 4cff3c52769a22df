"""When a queue is open: its own hours, or the hall's from the calendar engine with the midday
break moved by the queue's shift (domain.md §3.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from apps.windows.models import OpeningHours, Queue
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.hours import Hours, Interval, Intervals
from bancheng.kernel import clock

_LOOK_AHEAD = 14
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Opening:
    """The spans of today, and what they mean now."""

    spans: tuple[Span, ...]
    open: bool
    opens_at: datetime | None
    closes_at: datetime | None


class Timetable:
    """The hours of several queues, read once: decided ones and the hall's own."""

    def __init__(self, queues: Iterable[Queue]) -> None:
        self._queues = {queue.id: queue for queue in queues}
        self._decided: dict[UUID, list[OpeningHours]] = {}
        rows = OpeningHours.objects.filter(queue__in=self._queues).order_by("effective_from")
        for row in rows:
            self._decided.setdefault(row.queue_id, []).append(row)
        self._hall = calendar.timekeeping()

    def on(self, queue_id: UUID, day: date) -> list[Span]:
        """When the queue is open on a day; empty for a day it keeps closed."""
        rule = self._in_force(queue_id, day)
        if rule is not None and rule.weekdays:
            if day.isoweekday() not in rule.weekdays:
                return []
        elif not self._hall.calendar.works(day):
            return []
        return Hours(by_date={day: self._intervals(queue_id, day, rule)}).spans(day)

    def now(self, queue_id: UUID) -> Opening:
        """Whether it is open, when it opens next and when it closes today."""
        at, today = clock.now(), clock.today()
        spans = tuple(self.on(queue_id, today))
        is_open = any(start <= at < end for start, end in spans)
        closes = spans[-1][1] if is_open else None
        return Opening(spans, is_open, None if is_open else self._opens(queue_id, at), closes)

    def _opens(self, queue_id: UUID, at: datetime) -> datetime | None:
        for days in range(_LOOK_AHEAD):
            for start, _ in self.on(queue_id, clock.day_of(at) + timedelta(days=days)):
                if start > at:
                    return start
        return None

    def _in_force(self, queue_id: UUID, day: date) -> OpeningHours | None:
        rows = [r for r in self._decided.get(queue_id, []) if r.effective_from <= day]
        return rows[-1] if rows else None

    def _intervals(self, queue_id: UUID, day: date, rule: OpeningHours | None) -> Intervals:
        if rule is not None and rule.hours:
            return parsed(rule.hours)
        return _shifted(self._hall.hours.on(day), self._queues[queue_id].lunch_shift)


def parsed(hours: Iterable[Iterable[str]]) -> Intervals:
    """Read [["08:30", "12:00"], …]; raises BadHours."""
    return tuple(Interval.parse("-".join(pair)) for pair in hours)


def _shifted(intervals: Intervals, minutes: int) -> Intervals:
    """The same hours with the break between two spans moved; others stay as they are."""
    if not minutes or len(intervals) != 2:
        return intervals or (Interval(0, 24 * 60),)
    morning, afternoon = intervals
    return (
        Interval(morning.opens, morning.closes + minutes),
        Interval(afternoon.opens + minutes, afternoon.closes),
    )
