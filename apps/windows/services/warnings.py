"""Early warnings (C-24): what looks like a stuck matter before anybody complains."""

from datetime import timedelta

from apps.windows import parameters
from apps.windows.models import Signal, Ticket
from apps.windows.rules import SignalKind, SignalState, TicketState
from bancheng.kernel import clock

TRIPS, ABANDONED = "third_trip", "abandoned"


def look_for_trips(ticket: Ticket) -> None:
    """The same person comes to the same queue on so many days within a month: something does not
    get done there."""
    if ticket.person_key is None:
        return
    since = ticket.day - timedelta(days=parameters.number("windows.trip_days"))
    found = Ticket.objects.filter(
        person_key=ticket.person_key, series_id=ticket.series_id, day__gt=since
    )
    days = found.values("day").distinct().count()
    if days >= parameters.number("windows.trips_to_warn"):
        _warn(TRIPS, ticket, {"days": days, "within": parameters.number("windows.trip_days")})


def look_for_abandonment(ticket: Ticket) -> None:
    """The same person gave up or was not there several times: the wait drives people away."""
    if ticket.person_key is None:
        return
    since = ticket.day - timedelta(days=parameters.number("windows.trip_days"))
    gone = Ticket.objects.filter(
        person_key=ticket.person_key,
        day__gt=since,
        state__in=(TicketState.MISSED, TicketState.LEFT),
    ).count()
    if gone >= parameters.number("windows.abandoned_to_warn"):
        _warn(ABANDONED, ticket, {"times": gone})


def _warn(rule: str, ticket: Ticket, detail: dict[str, int]) -> None:
    """One open warning per person and rule; what it says grows with what happens."""
    shown = detail | {"number": ticket.number}
    open_one = Signal.objects.select_for_update().filter(
        kind=SignalKind.WARNING, rule=rule, person_key=ticket.person_key, state=SignalState.OPEN
    )
    if open_one.update(detail=shown):
        return
    Signal.objects.create(
        kind=SignalKind.WARNING,
        rule=rule,
        at=clock.now(),
        queue_id=ticket.queue_id,
        person_key=ticket.person_key,
        detail=shown,
    )
