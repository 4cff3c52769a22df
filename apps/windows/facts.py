"""What the windows of this hall count for the city's facts (domain.md M-01 to M-05). No names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from apps.windows.models import Ticket, Window, WindowSpan
from apps.windows.rules import AT_WINDOW, STAFFED, TicketState
from bancheng.city.rollups.facts import NO_WINDOW, Facts, Slice
from bancheng.city.rollups.histogram import histogram
from bancheng.city.rollups.sources import Moment
from bancheng.kernel import clock

LONGEST_SPAN = timedelta(days=7)


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
            service_sum_s=sum(self.services),
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
    """A wait ends with the call and counts unless nobody came (M-03 leaves no-shows out).

    Who was served has a time of service only if its end is known.
    """
    rows = Ticket.objects.filter(day=day).values_list(
        "window_id", "state", "taken_at", "called_at", "started_at", "finished_at"
    )
    for window_id, state, taken, called, started, finished in rows:
        tally = tallies.setdefault(window_id or NO_WINDOW, _Tally())
        missed = state == TicketState.MISSED
        tally.tickets += 1
        tally.called += called is not None
        tally.served += state == TicketState.FINISHED
        tally.missed += missed
        if called and not missed:
            tally.waits.append(_seconds(taken, called))
        if called and started:
            tally.walks.append(_seconds(called, started))
        if started and finished:
            tally.services.append(_seconds(started, finished))


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
    waiting = Q(state=TicketState.WAITING)
    now = Ticket.objects.filter(day=clock.today()).aggregate(
        waiting=Count("id", filter=waiting),
        serving=Count("id", filter=Q(state__in=AT_WINDOW)),
        oldest_wait_at=Min("taken_at", filter=waiting),
    )
    return Moment(**now, open_windows=Window.objects.filter(state__in=STAFFED).count())


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())
