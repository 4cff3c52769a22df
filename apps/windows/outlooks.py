"""What a ticket taken now may expect: the estimate of `estimating` over this hall's own tickets.

Asked at any moment, so every event is in it: nothing is stored that could grow old. History is
read once per queue and day in each process: two queries more for the first who asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor
from statistics import quantiles
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.windows import estimating, lining, parameters, past
from apps.windows.estimating import Moment, Stretch
from apps.windows.models import Queue, Ticket, Window
from apps.windows.past import Row, Span
from apps.windows.rules import STAFFED, TicketState
from bancheng.kernel import clock

_TODAY = timedelta(hours=4)
_RECENT_SERVICES = 30
_RECENT_FOR = timedelta(hours=2)
_FEWEST_SERVICES = 5


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect: people called before, and minutes from low to high.

    `minutes` is None when no window serves the queue or too little is known to tell.
    """

    ahead: int
    minutes: tuple[int, int] | None


_LAST = 2**31 - 1


class Line:
    """One queue at this moment: who waits in which order, and what each may expect (M-02)."""

    def __init__(
        self, queue: Queue, rows: Sequence[Row], open_windows: int, spans: list[Span] | None
    ) -> None:
        self.queue, self.open_windows = queue, open_windows
        self._rows, self._spans = rows, spans
        self._at = clock.now()
        self._every = parameters.number("windows.priority_every")
        self._stretched: list[Stretch] | None = None

    @property
    def waiting(self) -> list[Row]:
        """Everybody whom the queue's windows will call, in the order of calling."""
        return self._in_order([row for row in self._rows if row.waiting])

    def newcomer(self, *, priority: bool, slot: tuple[datetime, datetime] | None = None) -> Outlook:
        """What a ticket taken now may expect."""
        local = self._at.astimezone(clock.ZONE)
        slot_start, slot_end = slot or (None, None)
        place = (past.NOBODY, _LAST, self._at, slot_start, slot_end, True)
        mine = Row._make((clock.today(), priority, local, None, None, None, *place))
        order = self._in_order([*(row for row in self._rows if row.waiting), mine])
        return Outlook(order.index(mine), self._minutes(order.index(mine), priority))

    def everybody(self) -> dict[UUID, Outlook]:
        """What each waiting ticket may expect from now on."""
        order = self.waiting
        return {
            row.id: Outlook(place, self._minutes(place, row.priority))
            for place, row in enumerate(order)
        }

    def _in_order(self, rows: list[Row]) -> list[Row]:
        return lining.in_order(rows, self.queue.ordinary_in_a_row, self._at, self._every)

    def _minutes(self, ahead: int, priority: bool) -> tuple[int, int] | None:
        if not self.open_windows:
            return None
        history = past.history(self.queue.id)[priority]
        if history is None:
            return _from_services(self._rows, ahead, self.open_windows)
        now = self._at.astimezone(clock.ZONE)
        moment = Moment(clock.today(), past.minute(now), ahead, self.open_windows)
        found = estimating.estimate(history, moment, self._stretches(now))
        return floor(found.low), ceil(found.high)

    def _stretches(self, now: datetime) -> list[Stretch]:
        if self._stretched is None:
            spans = self._spans
            if spans is None:
                spans = past.spans(self.queue.id, clock.today())
            self._stretched = list(past.stretches(self._rows, spans, now))
        return self._stretched


def outlook(queue: Queue, *, mine_is_priority: bool) -> Outlook:
    """What a ticket taken now in this queue may expect (M-02)."""
    return line(queue).newcomer(priority=mine_is_priority)


def of_appointment(queue: Queue, slot: tuple[datetime, datetime]) -> Outlook:
    """The same for somebody with an appointment in this slot."""
    return line(queue).newcomer(priority=False, slot=slot)


def line(queue: Queue) -> Line:
    """One queue as it is now."""
    rows = [
        past.row_of(*values[:-1]) for values in _today().filter(queue=queue).values_list(*_COLUMNS)
    ]
    open_windows = Window.objects.filter(state__in=STAFFED, queue_ids__contains=[queue.id]).count()
    return Line(queue, rows, open_windows, None)


def lines(queues: Iterable[Queue]) -> list[Line]:
    """Several queues as they are now, with three statements for all of them."""
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for values in _today().values_list(*_COLUMNS):
        rows[values[-1]].append(past.row_of(*values[:-1]))
    windows = Window.objects.filter(state__in=STAFFED).values_list("queue_ids", flat=True)
    served = [queue_id for queue_ids in windows for queue_id in queue_ids]
    spans: dict[UUID, list[Span]] = defaultdict(list)
    found = past.spans_since(clock.today()).values_list(
        "window__queue_ids", "started_at", "ended_at"
    )
    for queue_ids, started, ended in found:
        for queue_id in queue_ids:
            spans[queue_id].append((started, ended))
    return [
        Line(queue, rows[queue.id], served.count(queue.id), spans[queue.id]) for queue in queues
    ]


_COLUMNS = (*past.TIMES, *past.PLACE, "state", "queue_id")


def _today() -> "QuerySet[Ticket]":
    """Who waits for any of a queue's windows, and who was called lately, in the order of taking."""
    free = Q(state=TicketState.WAITING, for_window__isnull=True, for_post__isnull=True)
    recent = free | Q(called_at__gte=clock.now() - _TODAY)
    return Ticket.objects.filter(recent, waits_on=clock.today()).order_by("place", "since", "id")


def _from_services(today: Sequence[Row], ahead: int, windows: int) -> tuple[int, int] | None:
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
