"""The published figures of a set of stored tickets, exact to the second (domain.md M-01 to M-05).

p90 is the nearest-rank percentile: of n waits in ascending order the ⌈0.9 · n⌉-th, so always a
wait that somebody had. `p90_linear` is the other usual definition, interpolated between the two
ranks around 0.9 · (n − 1). The median of an even number is the middle of the two in the middle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from apps.windows.rules import TicketState

Figure = str | int | float | None
Span = tuple[UUID, datetime, datetime]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A stored ticket as far as figures are made of it."""

    queue: str
    state: str
    window: UUID | None
    taken_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None


def of(tickets: Sequence[Ticket], load: float | None) -> dict[str, Figure]:
    """Counts, waits, services, share of no-shows, and the load as it is given."""
    missed = sum(ticket.state == TicketState.MISSED for ticket in tickets)
    every = [(t, _seconds(t.taken_at, t.called_at)) for t in tickets if t.called_at]
    services = [
        _seconds(t.started_at, t.finished_at) for t in tickets if t.started_at and t.finished_at
    ]
    return {
        "tickets": len(tickets),
        "called": len(every),
        "served": sum(ticket.state == TicketState.FINISHED for ticket in tickets),
        "missed": missed,
        **_spread("wait", [wait for t, wait in every if t.state != TicketState.MISSED]),
        **_spread("wait_to_any_call", [wait for _, wait in every]),
        **_spread("service", services),
        "window_load": load,
        "abandon_rate": missed / len(tickets) if tickets else None,
    }


def nearest_rank(ordered: Sequence[int], share: float) -> int:
    """The value at rank ⌈share · n⌉ of at least one value in ascending order."""
    rank = -(-len(ordered) * round(share * 100) // 100)
    return ordered[rank - 1]


def linear(ordered: Sequence[int], share: float) -> float:
    """Between the two values around place share · (n − 1), counted from 0."""
    place = round(share * 100) * (len(ordered) - 1)
    low, rest = divmod(place, 100)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * rest / 100


def load(
    tickets: Iterable[Ticket], spans: Iterable[Span], begin: datetime, end: datetime
) -> float | None:
    """M-01: seconds of service ÷ seconds staffed, both as far as they lie inside begin … end."""
    services = sum(
        _overlap(t.started_at, t.finished_at, begin, end)
        for t in tickets
        if t.started_at and t.finished_at
    )
    staffed = sum(_overlap(opened, closed, begin, end) for _, opened, closed in spans)
    return services / staffed if staffed else None


def live_wait_estimate(
    tickets: Sequence[Ticket], spans: Iterable[Span], at: datetime
) -> tuple[int, int, float | None]:
    """M-02 at an instant: people waiting, windows open, and the seconds to be expected: waiting ×
    mean service of those finished in the hour before ÷ open windows; None without either."""
    waiting = sum(t.taken_at < at and (t.called_at is None or t.called_at >= at) for t in tickets)
    windows = len({window for window, opened, closed in spans if opened < at <= closed})
    hour = timedelta(hours=1)
    done = [
        _seconds(t.started_at, t.finished_at)
        for t in tickets
        if t.started_at and t.finished_at and at - hour <= t.finished_at < at
    ]
    if not windows or not done:
        return waiting, windows, None
    return waiting, windows, waiting * (sum(done) / len(done)) / windows


def _spread(name: str, seconds: Iterable[int]) -> dict[str, Figure]:
    ordered = sorted(seconds)
    n = len(ordered)
    return {
        f"{name}_n": n,
        f"{name}_sum_s": sum(ordered),
        f"{name}_mean_s": sum(ordered) / n if n else None,
        f"{name}_median_s": median(ordered) if n else None,
        f"{name}_p90_s": nearest_rank(ordered, 0.9) if n else None,
        f"{name}_p90_linear_s": linear(ordered, 0.9) if n else None,
        f"{name}_max_s": ordered[-1] if n else None,
    }


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


def _overlap(start: datetime, end: datetime, begin: datetime, until: datetime) -> int:
    return max(_seconds(max(start, begin), min(end, until)), 0)
