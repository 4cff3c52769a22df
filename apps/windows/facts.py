"""What the windows of this hall count for the city's facts (domain.md M-01 to M-05). No names."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from apps.windows import durations
from apps.windows.models import Ticket, Window, WindowSpan
from apps.windows.rules import AT_WINDOW, STAFFED, TicketState
from bancheng.city.rollups.facts import NO_WINDOW, Facts, Slice
from bancheng.city.rollups.histogram import histogram
from bancheng.city.rollups.quarters import QUARTERS, Quarter
from bancheng.city.rollups.sources import Moment
from bancheng.kernel import clock

LONGEST_SPAN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Counted:
    """As much of a ticket as is counted: a tenth of what the whole one costs."""

    window_id: UUID | None
    state: str
    channel: str
    taken_at: datetime
    waits_from: datetime | None
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    missed_at: datetime | None
    waited_before: int
    served_before: int
    legs: list[dict[str, Any]]


_NAMES = tuple(_Counted.__dataclass_fields__)


def _tickets(day: date) -> list[_Counted]:
    return [_Counted(*row) for row in Ticket.objects.filter(day=day).values_list(*_NAMES)]


@dataclass(slots=True)
class _Tally:
    """Durations in whole seconds, as they are met."""

    tickets: int = 0
    called: int = 0
    served: int = 0
    missed: int = 0
    waits: list[int] = field(default_factory=list)
    walks: list[int] = field(default_factory=list)
    services: list[int] = field(default_factory=list)
    service_sum: int = 0
    staffed: int = 0

    def facts(self) -> Facts:
        return Facts(
            tickets=self.tickets,
            called=self.called,
            served=self.served,
            missed=self.missed,
            wait_n=len(self.waits),
            wait_sum_s=sum(self.waits),
            wait_max_s=max(self.waits, default=0),
            walk_n=len(self.walks),
            walk_sum_s=sum(self.walks),
            service_n=len(self.services),
            service_sum_s=self.service_sum,
            service_max_s=max(self.services, default=0),
            staffed_seconds=self.staffed,
            waits=histogram(self.waits),
            services=histogram(self.services),
        )


def day_facts(day: date) -> list[Slice]:
    """One slice per window that was staffed or called somebody, and one for tickets not called."""
    tallies: dict[UUID, _Tally] = {}
    _count_tickets(day, tallies)
    _count_staffed(day, tallies)
    labels = {
        window_id: f"{number} {name}"
        for window_id, number, name in Window.objects.values_list("id", "number", "name")
    }
    return [
        Slice(tally.facts(), window, labels.get(window, "")) for window, tally in tallies.items()
    ]


def _count_tickets(day: date, tallies: dict[UUID, _Tally]) -> None:
    """A ticket counts once, at the window of its last call, with all its waiting and all its
    service; what it was served elsewhere before counts for the load of that window (M-01).

    A wait ends with the call and counts unless nobody came (M-03 leaves no-shows out); whom nobody
    waited for, a walk-in, has none. Who was served has a time of service only if its end is known.
    """
    for ticket in _tickets(day):
        tally = tallies.setdefault(ticket.window_id or NO_WINDOW, _Tally())
        missed = ticket.state == TicketState.MISSED
        tally.tickets += 1
        tally.called += ticket.called_at is not None
        tally.served += ticket.state == TicketState.FINISHED
        tally.missed += missed
        if not missed and (waited := durations.waited(ticket)) is not None:
            tally.waits.append(waited)
        if (walked := durations.walked(ticket)) is not None:
            tally.walks.append(walked)
        if (served := durations.served(ticket)) is not None:
            tally.services.append(served)
            tally.service_sum += served - ticket.served_before
        for leg in ticket.legs:
            if leg["served"]:
                window = UUID(leg["window_id"])
                tallies.setdefault(window, _Tally()).service_sum += leg["served"]


def _count_staffed(day: date, tallies: dict[UUID, _Tally]) -> None:
    for window_id, began, ended in staffed(day):
        tally = tallies.setdefault(window_id, _Tally())
        tally.staffed += max(_seconds(began, ended), 0)


def staffed(day: date) -> list[tuple[UUID, datetime, datetime]]:
    """When which window was in an open state on this day; a span still running counts up to now."""
    start = datetime.combine(day, time.min, clock.ZONE)
    end = min(start + timedelta(days=1), clock.now())
    spans = WindowSpan.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=start),
        state__in=STAFFED,
        started_at__gte=start - LONGEST_SPAN,
        started_at__lt=end,
    ).values_list("window_id", "started_at", "ended_at")
    return [
        (window_id, max(began, start), min(ended or end, end))
        for window_id, began, ended in spans.order_by("started_at", "id")
    ]


def changed_days(since: datetime) -> Iterable[date]:
    """The days whose tickets or staffing changed at or after `since`."""
    first = clock.day_of(since) - timedelta(days=1)
    touched = (
        Q(taken_at__gte=since)
        | Q(called_at__gte=since)
        | Q(started_at__gte=since)
        | Q(finished_at__gte=since)
        | Q(missed_at__gte=since)
        | Q(waits_from__gte=since)
    )
    days = set(Ticket.objects.filter(touched, day__gte=first).values_list("day", flat=True))
    spans = WindowSpan.objects.filter(
        Q(started_at__gte=since) | Q(ended_at__gte=since),
        started_at__gte=since - LONGEST_SPAN,
    ).values_list("started_at", "ended_at")
    for moments in spans:
        days |= {clock.day_of(at) for at in moments if at}
    return days


def moment() -> Moment:
    """Who waits, who is served and which windows are open, now."""
    waiting = Q(state=TicketState.WAITING, waits_on=clock.today())
    at_window = Q(state__in=AT_WINDOW)
    now = Ticket.objects.filter(waiting | at_window).aggregate(
        waiting=Count("id", filter=waiting),
        serving=Count("id", filter=at_window),
        oldest_wait_at=Min("since", filter=waiting),
    )
    return Moment(**now, open_windows=Window.objects.filter(state__in=STAFFED).count())


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


def day_quarters(day: date) -> list[Quarter]:
    """The load of a day by quarter-hour; an issued number counts when it was taken, a served one
    when the service ended."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    start = datetime.combine(day, time.min, clock.ZONE)
    for ticket in _tickets(day):
        _count_moments(ticket, start, counts)
        _count_waiting(ticket, start, counts)
    for _, began, ended in staffed(day):
        for place in range(_place(began, start), min(_place(ended, start), QUARTERS - 1) + 1):
            opens = start + place * _QUARTER
            shared = min(ended, opens + _QUARTER) - max(began, opens)
            if shared > timedelta(0):
                counts[place]["staffed_seconds"] += int(shared.total_seconds())
    return [Quarter(place, **counts[place]) for place in sorted(counts)]


def _count_moments(ticket: _Counted, start: datetime, counts: dict[int, Counter[str]]) -> None:
    missed = ticket.state == TicketState.MISSED
    moments = {
        "tickets": ticket.taken_at,
        "called": ticket.called_at,
        "served": ticket.finished_at if ticket.state == TicketState.FINISHED else None,
        "missed": (ticket.missed_at or ticket.called_at) if missed else None,
    }
    for name, at in moments.items():
        if at is not None:
            counts[_place(at, start)][name] += 1
    waited = durations.waited(ticket)
    if ticket.called_at is not None and not missed and waited is not None:
        place = _place(ticket.called_at, start)
        counts[place]["wait_n"] += 1
        counts[place]["wait_sum_s"] += waited


def _count_waiting(ticket: _Counted, start: datetime, counts: dict[int, Counter[str]]) -> None:
    """Who waited when a quarter ended; when somebody left without a call is not known."""
    if ticket.waits_from is None or ticket.state == TicketState.LEFT:
        return
    until = ticket.called_at or (clock.now() if start.date() == clock.today() else None)
    if until is None:
        return
    last = min(_place(until, start), QUARTERS)
    for place in range(_place(ticket.waits_from, start), last):
        counts[place]["waiting"] += 1


def _place(at: datetime, start: datetime) -> int:
    """The quarter-hour, of the day that began at `start`, in which an instant lies; what lies
    outside is at its edge."""
    return min(max((at - start) // _QUARTER, 0), QUARTERS - 1)


_QUARTER = timedelta(minutes=15)
