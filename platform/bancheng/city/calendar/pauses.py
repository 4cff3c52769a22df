"""Stretches in which a clock stands still (行政许可法 45; domain.md §3.8 item 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bancheng.city.calendar.errors import BadPause
from bancheng.city.calendar.moments import in_hall_time

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Pause:
    """From `start` until just before `end`, both aware.

    A pause that still runs has no end and its deadline no date: keep no due date while it runs,
    or pass the present moment as `end` to show the date an immediate resumption would give.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if in_hall_time(self.end) < in_hall_time(self.start):
            raise BadPause(start=self.start.isoformat(), end=self.end.isoformat())


def merged(pauses: Iterable[Pause]) -> tuple[Span, ...]:
    """The same standstill as disjoint spans in order: overlap and order change nothing."""
    spans: list[Span] = []
    for start, end in sorted((in_hall_time(p.start), in_hall_time(p.end)) for p in pauses):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif start < end:
            spans.append((start, end))
    return tuple(spans)


def paused_into(at: datetime, spans: tuple[Span, ...]) -> bool:
    """Whether the clock stood still up to `at`: in the minute that ends there."""
    return any(start < at <= end for start, end in spans)


def running_parts(span: Span, spans: tuple[Span, ...]) -> list[Span]:
    """What is left of `span` when the standstill is cut out, in order."""
    parts: list[Span] = []
    cursor, last = span
    for start, end in spans:
        if end <= cursor:
            continue
        if start >= last:
            break
        if start > cursor:
            parts.append((cursor, start))
        cursor = end
    if cursor < last:
        parts.append((cursor, last))
    return parts
