"""What happens when, and at which window. The record names no windows, so every queue gets as
many as served at once: a call goes to the lowest window that is free. No database."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bancheng.config.replay.reading import Row

QueueKey = tuple[str, str]


class Act(IntEnum):
    """What is done, in the order in which it is done at one and the same instant.

    Windows become free before the next number is called there, and a number that is called in
    the second in which it is taken is taken first.
    """

    FINISH = 0
    TAKE = 1
    OPEN = 2
    CALL = 3
    CLOSE = 4


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One act in one queue; `place` counts the queue's windows from 1. Opening and closing have
    no row."""

    at: datetime
    act: Act
    line: int
    place: int
    queue: QueueKey = field(compare=False)
    row: Row | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Plan:
    """All events in the order of time, and how many windows each queue needs."""

    events: list[Event]
    windows: dict[QueueKey, int]


def plan(rows: Iterable[Row], least: int = 0) -> Plan:
    """The day's events. A window is staffed from its first call to the end of its last service;
    with `least`, so many windows are staffed from the queue's first call to its last end."""
    queues: dict[QueueKey, list[Row]] = defaultdict(list)
    for row in rows:
        queues[row.hall, row.queue].append(row)
    events: list[Event] = []
    windows: dict[QueueKey, int] = {}
    for queue, its_rows in queues.items():
        seated = _seated(its_rows)
        events += _of_people(queue, seated)
        shifts = _shifts(seated, least)
        windows[queue] = len(shifts)
        for place, (opened, closed) in shifts.items():
            events.append(Event(opened, Act.OPEN, 0, place, queue))
            events.append(Event(closed, Act.CLOSE, 0, place, queue))
    return Plan(sorted(events), windows)


def _seated(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Each row with the window it is called to."""
    seated: list[tuple[Row, int]] = []
    free: list[int] = []
    busy: list[tuple[datetime, int]] = []
    for row in sorted(rows, key=lambda one: (one.called_at, one.line)):
        while busy and busy[0][0] <= row.called_at:
            heapq.heappush(free, heapq.heappop(busy)[1])
        place = heapq.heappop(free) if free else len(busy) + 1
        heapq.heappush(busy, (row.ended_at, place))
        seated.append((row, place))
    return seated


def _of_people(queue: QueueKey, seated: Iterable[tuple[Row, int]]) -> Iterator[Event]:
    """Taking and calling, and finishing where it is not at the instant of the call."""
    for row, place in seated:
        yield Event(row.taken_at, Act.TAKE, row.line, place, queue, row)
        yield Event(row.called_at, Act.CALL, row.line, place, queue, row)
        if row.ended_at > row.called_at:
            yield Event(row.ended_at, Act.FINISH, row.line, place, queue, row)


def _shifts(seated: Sequence[tuple[Row, int]], least: int) -> dict[int, tuple[datetime, datetime]]:
    """From when to when each window of a queue is staffed."""
    whole = min(r.called_at for r, _ in seated), max(r.ended_at for r, _ in seated)
    shifts = dict.fromkeys(range(1, least + 1), whole)
    for row, place in seated:
        begin, end = shifts.get(place, (row.called_at, row.ended_at))
        shifts[place] = min(begin, row.called_at), max(end, row.ended_at)
    return shifts
