"""What the shift lead's live board reads besides the windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from apps.windows import offers
from apps.windows.models import Signal, Ticket
from apps.windows.rules import SignalKind, SignalState, TicketState
from bancheng.kernel import clock

_OPEN = Q(state=SignalState.OPEN)
_STILL_ON = Q(kind=SignalKind.ALARM, state=SignalState.ACCEPTED)
_JUST_DECIDED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Signals:
    """What wants an answer, and the suggestions answered within the hour with what changed."""

    alarms: list[Signal]
    suggestions: list[Signal]
    warnings: list[Signal]


def signals() -> Signals:
    """Open signals, newest first; alarms until they are ended."""
    recent = Q(kind=SignalKind.SUGGESTION, decided_at__gte=clock.now() - _JUST_DECIDED)
    found = list(
        Signal.objects.select_related("queue", "window")
        .filter(_OPEN | _STILL_ON | recent)
        .exclude(kind=SignalKind.SUGGESTION, state=SignalState.ENDED)
        .order_by("-at", "-id")[:100]
    )
    return Signals(
        _of(found, SignalKind.ALARM),
        _of(found, SignalKind.SUGGESTION),
        _of(found, SignalKind.WARNING),
    )


def alarms() -> list[Signal]:
    """Alarms that are not over."""
    found = Signal.objects.select_related("queue", "window").filter(kind=SignalKind.ALARM)
    return list(found.exclude(state=SignalState.ENDED).order_by("-at", "-id")[:20])


def _of(found: Sequence[Signal], kind: SignalKind) -> list[Signal]:
    return [signal for signal in found if signal.kind == kind]


def may_return(day: date | None = None) -> list[Ticket]:
    """Today's missed numbers that may still come back, the latest first."""
    found = Ticket.objects.select_related("queue", "window").filter(
        day=day or clock.today(), state=TicketState.MISSED, returns=0
    )
    return [t for t in found.order_by("-missed_at", "id")[:50] if offers.return_until(t)]


def parked() -> list[Ticket]:
    """People who were set aside today, the first first."""
    found = Ticket.objects.select_related("queue", "window")
    return list(found.filter(day=clock.today(), state=TicketState.PARKED).order_by("called_at"))
