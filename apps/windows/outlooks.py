"""What a ticket taken now may expect: the estimate of `estimating` over this hall's own tickets.

History is read once per queue and day in each process: two queries more for the first who asks.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from math import ceil, floor
from statistics import quantiles
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from apps.windows import estimating, lining
from apps.windows.estimating import History, Moment, Stretch, Waited
from apps.windows.models import Queue, Ticket, Window, WindowSpan
from apps.windows.rules import STAFFED, TicketState
from bancheng.kernel import clock, names

_HISTORY = timedelta(days=28)
_MOST_TICKETS = 8000
_TODAY = timedelta(hours=4)
_CELL = timedelta(minutes=15)
_RECENT_SERVICES = 30
_RECENT_FOR = timedelta(hours=2)
_FEWEST_SERVICES = 5
_KEPT_MOST = 4096
_kept: dict[str, dict[bool, History | None]] = {}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect: people called before, and minutes from low to high.

    `minutes` is None when no window serves the queue or too little is known to tell.
    """

    ahead: int
    minutes: tuple[int, int] | None


class _Row(NamedTuple):
    """A ticket as far as its times matter, in local time."""

    day: date
    priority: bool
    taken: datetime
    called: datetime | None
    started: datetime | None
    finished: datetime | None


_Span = tuple[datetime, datetime | None]
_TIMES = ("day", "priority", "taken_at", "called_at", "started_at", "finished_at")


def outlook(queue: Queue, *, mine_is_priority: bool) -> Outlook:
    """What a ticket taken now in this queue may expect (M-02)."""
    today = _tickets_today(queue)
    waiting = [row.priority for row in today if row.called is None]
    ahead = lining.ahead(
        ordinary=waiting.count(False),
        priority=waiting.count(True),
        in_a_row=queue.ordinary_in_a_row,
        mine_is_priority=mine_is_priority,
    )
    open_windows = Window.objects.filter(state__in=STAFFED, queue_ids__contains=[queue.id]).count()
    if not open_windows:
        return Outlook(ahead, None)
    history = _history(queue.id)[mine_is_priority]
    if history is None:
        return Outlook(ahead, _from_services(today, ahead, open_windows))
    now = clock.now().astimezone(clock.ZONE)
    stretches = list(_stretches(today, _spans(queue.id, clock.today()), now))
    moment = Moment(clock.today(), _minute(now), ahead, open_windows)
    found = estimating.estimate(history, moment, stretches)
    return Outlook(ahead, (floor(found.low), ceil(found.high)))


def _tickets_today(queue: Queue) -> list[_Row]:
    recent = Q(state=TicketState.WAITING) | Q(called_at__gte=clock.now() - _TODAY)
    found = Ticket.objects.filter(recent, day=clock.today(), queue=queue).order_by("ordinal")
    return [_row(*values) for values in found.values_list(*_TIMES)]


def _row(day: date, priority: bool, taken: datetime, *later: datetime | None) -> _Row:
    called, started, finished = (at and at.astimezone(clock.ZONE) for at in later)
    return _Row(day, priority, taken.astimezone(clock.ZONE), called, started, finished)


def _from_services(today: Sequence[_Row], ahead: int, windows: int) -> tuple[int, int] | None:
    """Until there is history: people ahead × the middle half of recent services ÷ windows."""
    since = clock.now() - _RECENT_FOR
    ended = sorted(
        (row.finished, row.started)
        for row in today
        if row.started and row.finished and row.finished >= since
    )
    times = [(end - start).total_seconds() for end, start in ended[-_RECENT_SERVICES:]]
    if len(times) < _FEWEST_SERVICES:
        return None
    quick, _, slow = quantiles(times, n=4, method="inclusive")
    return floor(ahead * quick / windows / 60), ceil((ahead + 1) * slow / windows / 60)


def _history(queue_id: UUID) -> dict[bool, History | None]:
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
    found = Ticket.objects.filter(queue=queue_id, day__gte=first, day__lt=clock.today())
    latest = found.order_by("-day", "-ordinal").values_list(*_TIMES)[:_MOST_TICKETS]
    days: dict[date, list[_Row]] = defaultdict(list)
    for values in latest:
        row = _row(*values)
        days[row.day].append(row)
    spans = _spans(queue_id, first) if days else []
    flows = [stretch for rows in days.values() for stretch in _stretches(rows, spans)]
    waits = [wait for rows in days.values() for wait in _waits(rows)]
    everybody = estimating.learn([wait for _, wait in waits], flows)
    return {
        priority: estimating.learn([w for mine, w in waits if mine is priority], flows) or everybody
        for priority in (False, True)
    }


def _waits(rows: Sequence[_Row]) -> Iterator[tuple[bool, Waited]]:
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


def _spans(queue_id: UUID, first: date) -> list[_Span]:
    """When windows that serve this queue today were open, from a day on."""
    start = datetime.combine(first, time.min, clock.ZONE)
    found = WindowSpan.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=start),
        window__queue_ids__contains=[queue_id],
        state__in=STAFFED,
        started_at__gte=start - timedelta(days=1),
    )
    return list(found.order_by("started_at", "id").values_list("started_at", "ended_at"))


def _stretches(
    rows: Sequence[_Row], spans: Iterable[_Span], now: datetime | None = None
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
            yield Stretch(_minute(end), minutes, calls, windows)
        start = end


def _busy(rows: Sequence[_Row], now: datetime | None) -> list[tuple[datetime, datetime]]:
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


def _minute(at: datetime) -> float:
    """Minutes since local midnight."""
    return at.hour * 60 + at.minute + at.second / 60
