"""What a queue's tickets say about time: as waits to learn from, and as stretches of a day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.windows import estimating, lining
from apps.windows.estimating import History, Stretch, Waited
from apps.windows.models import Ticket, WindowSpan
from apps.windows.rules import STAFFED, TicketState
from bancheng.kernel import clock, names

NOBODY = UUID(int=0)
_HISTORY = timedelta(days=28)
_MOST_TICKETS = 8000
_CELL = timedelta(minutes=15)
_KEPT_MOST = 4096
_kept: dict[str, dict[bool, History | None]] = {}


class Row(NamedTuple):
    """A ticket as far as its times and its place matter, in local time."""

    day: date
    priority: bool
    taken: datetime
    called: datetime | None
    started: datetime | None
    finished: datetime | None
    id: UUID
    place: int
    since: datetime
    slot_start: datetime | None
    slot_end: datetime | None
    waiting: bool


Span = tuple[datetime, datetime | None]
TIMES = ("day", "priority", "taken_at", "called_at", "started_at", "finished_at")
PLACE = ("id", "place", "since", "slot_start", "slot_end")


def row_of(
    day: date,
    priority: bool,
    taken: datetime,
    called: datetime | None,
    started: datetime | None,
    finished: datetime | None,
    *place: Any,
) -> Row:
    """A ticket's TIMES, and its PLACE and state where they were read."""
    calls = (at and at.astimezone(clock.ZONE) for at in (called, started, finished))
    *standing, state = place or (NOBODY, 0, taken, None, None, "")
    waiting = state == TicketState.WAITING
    return Row._make((day, priority, taken.astimezone(clock.ZONE), *calls, *standing, waiting))


def history(queue_id: UUID) -> dict[bool, History | None]:
    """What earlier days teach about ordinary and priority tickets, kept for the day.

    Priority tickets too few to learn from are expected to wait like everybody at their place.
    """
    key = names.cache_key("waits", queue_id, clock.today())
    if key not in _kept:
        if len(_kept) >= _KEPT_MOST:
            _kept.clear()
        _kept[key] = _learned(queue_id)
    return _kept[key]


def _learned(queue_id: UUID) -> dict[bool, History | None]:
    first = clock.today() - _HISTORY
    own = Q(queue=queue_id, series=queue_id, legs=[], slot_start__isnull=True)
    found = Ticket.objects.filter(own, day__gte=first, day__lt=clock.today())
    latest = found.order_by("-day", "-ordinal").values_list(*TIMES)[:_MOST_TICKETS]
    days: dict[date, list[Row]] = defaultdict(list)
    for values in latest:
        row = row_of(*values)
        days[row.day].append(row)
    staffed = spans(queue_id, first) if days else []
    flows = [stretch for rows in days.values() for stretch in stretches(rows, staffed)]
    waits = [wait for rows in days.values() for wait in _waits(rows)]
    everybody = estimating.learn([wait for _, wait in waits], flows)
    return {
        priority: estimating.learn([w for mine, w in waits if mine is priority], flows) or everybody
        for priority in (False, True)
    }


def _waits(rows: Sequence[Row]) -> Iterator[tuple[bool, Waited]]:
    """The day's waits that ended with a call, with the people who were to be called before."""
    taken = {kind: sorted(r.taken for r in rows if r.priority is kind) for kind in (False, True)}
    called = {
        kind: sorted(r.called for r in rows if r.called and r.priority is kind)
        for kind in (False, True)
    }
    for row in rows:
        if row.called is None:
            continue
        ordinary, priority = (
            max(bisect_right(taken[kind], row.taken) - bisect_right(called[kind], row.taken), 0)
            - (row.priority is kind)
            for kind in (False, True)
        )
        ahead = _ahead(max(ordinary, 0), max(priority, 0), row.priority)
        minutes = (row.called - row.taken).total_seconds() / 60
        yield row.priority, Waited(row.day, row.taken.hour, ahead, minutes)


@cache
def _ahead(ordinary: int, priority: int, mine_is_priority: bool) -> int:
    """As `lining.ahead` just after a priority call: what came before is not recorded."""
    return lining.ahead(
        ordinary=ordinary, priority=priority, in_a_row=0, mine_is_priority=mine_is_priority
    )


def spans(queue_id: UUID, first: date) -> list[Span]:
    """When windows that serve this queue today were open, from a day on."""
    found = spans_since(first).filter(window__queue_ids__contains=[queue_id])
    return list(found.values_list("started_at", "ended_at"))


def spans_since(first: date) -> "QuerySet[WindowSpan]":
    start = datetime.combine(first, time.min, clock.ZONE)
    return WindowSpan.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=start),
        state__in=STAFFED,
        started_at__gte=start - timedelta(days=1),
    ).order_by("started_at", "id")


def stretches(
    rows: Sequence[Row], spans: Iterable[Span], now: datetime | None = None
) -> Iterator[Stretch]:
    """One day by quarter-hours up to `now`: minutes with people waiting, calls, open windows.

    Without `now` the day is over, and tickets that were never called are left out of it.
    """
    busy = _busy(rows, now)
    if not busy:
        return
    last = now or busy[-1][1]
    start = busy[0][0]
    ended = [(begin, close or last) for begin, close in spans if begin < last]
    staffed = [(begin, close) for begin, close in ended if close > start]
    while start < last:
        end = min(start + _CELL, last)
        minutes = sum(_overlap(piece, (start, end)) for piece in busy)
        calls = sum(bool(row.called and start < row.called <= end) for row in rows)
        if minutes:
            middle = start + (end - start) / 2
            windows = sum(begin <= middle < close for begin, close in staffed)
            yield Stretch(minute(end), minutes, calls, windows)
        start = end


def _busy(rows: Sequence[Row], now: datetime | None) -> list[tuple[datetime, datetime]]:
    """The times in which somebody waited, without overlaps, in order."""
    waits = sorted((row.taken, end) for row in rows if (end := row.called or now))
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in waits:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared.total_seconds(), 0.0) / 60


def minute(at: datetime) -> float:
    """Minutes since local midnight."""
    return at.hour * 60 + at.minute + at.second / 60
