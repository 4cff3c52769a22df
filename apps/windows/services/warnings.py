"""Early warnings (C-24): what looks like a stuck matter before anybody complains."""

from datetime import timedelta

from apps.windows import parameters
from apps.windows.models import Signal, Ticket
from apps.windows.rules import SignalKind, SignalState, TicketState
from bancheng.kernel import clock

TRIPS, ABANDONED, REJECTED = "third_trip", "abandoned", "item_rejected"
NOT_DONE = "not_done"
"""How a matter at a window ends that was not done there."""


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


def look_for_rejections(item_code: str, elsewhere: int = 0) -> None:
    """The same item was not done again and again, whoever asked for it: its guide, a condition or a
    system is wrong. `elsewhere` are those that were turned away before they stood at a window."""
    if not item_code:
        return
    within = parameters.number("windows.trip_days")
    matter = [{"item_code": item_code, "outcome": NOT_DONE}]
    since = clock.today() - timedelta(days=within)
    found = Ticket.objects.filter(day__gt=since, matters__contains=matter).count() + elsewhere
    if found < parameters.number("windows.rejected_to_warn"):
        return
    shown = {"times": found, "within": within}
    warning = {"kind": SignalKind.WARNING, "rule": REJECTED, "item_code": item_code}
    if not Signal.objects.filter(state=SignalState.OPEN, **warning).update(detail=shown):
        made = Signal(at=clock.now(), detail=shown, **warning)
        Signal.objects.bulk_create([made], ignore_conflicts=True)


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
