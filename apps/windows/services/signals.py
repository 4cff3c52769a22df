"""What the shift lead must answer: the panic button, a queue that wants another window, an early
warning. Who raised it, who answered and what changed stays readable."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.windows import load, permissions
from apps.windows.errors import SignalAnswered
from apps.windows.models import Signal, Ticket, Window
from apps.windows.rules import SignalKind, SignalState, TicketState
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

TOPICS = {
    SignalKind.ALARM: ("alarm", "board"),
    SignalKind.SUGGESTION: ("board",),
    SignalKind.WARNING: ("board",),
}
LOOK_AGAIN = timedelta(minutes=15)
QUIET_AFTER_NO = timedelta(minutes=30)
"""A suggestion that was declined is not made again at once."""


@transaction.atomic
def press_alarm(*, by: Actor, window_id: UUID | None = None) -> Signal:
    """The panic button: everybody who serves hears it, and somebody accepts it."""
    permissions.require(by, "alarms.press")
    window = Window.objects.filter(id=window_id).first() if window_id else _seat(by)
    if window_id and window is None:
        raise Invalid(errors={"window": ["unknown"]})
    made = Signal.objects.create(
        kind=SignalKind.ALARM, at=clock.now(), window=window, raised_by=by.name
    )
    return _tell("pressed", made, by)


def _seat(by: Actor) -> Window | None:
    """The window where the actor serves at present."""
    return Window.objects.filter(clerk_id=by.post_id).first() if by.post_id else None


@transaction.atomic
def accept_alarm(*, signal_id: UUID, by: Actor, version: int | None = None) -> Signal:
    """Say “I am coming”: the first one counts. Raises NotFound, Stale, SignalAnswered."""
    permissions.require(by, "alarms.accept")
    found = _open(signal_id, SignalKind.ALARM, version)
    return _decide(found, SignalState.ACCEPTED, by, "")


@transaction.atomic
def end_alarm(*, signal_id: UUID, by: Actor, note: str = "", version: int | None = None) -> Signal:
    """The alarm is over, accepted or pressed by mistake. Raises NotFound, Stale, SignalAnswered."""
    permissions.require(by, "alarms.accept")
    found = _locked(signal_id, SignalKind.ALARM, version)
    if found.state == SignalState.ENDED:
        raise SignalAnswered(by=found.decided_by)
    found.state, found.note = SignalState.ENDED, note
    found.decided_by = found.decided_by or by.name
    found.decided_at = found.decided_at or clock.now()
    return _save("ended", found, by)


@transaction.atomic
def decide_suggestion(
    *,
    signal_id: UUID,
    opened: bool,
    by: Actor,
    window_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> Signal:
    """Note whether a window was opened; a quarter of an hour later the log says what changed.

    Raises NotFound, Stale, SignalAnswered, Invalid.
    """
    permissions.require(by, "windows.manage")
    found = _open(signal_id, SignalKind.SUGGESTION, version)
    if window_id is not None:
        found.window = Window.objects.filter(id=window_id).first()
        if found.window is None:
            raise Invalid(errors={"window": ["unknown"]})
    state = SignalState.ACCEPTED if opened else SignalState.DECLINED
    return _decide(found, state, by, note)


@transaction.atomic
def decide_warning(
    *,
    signal_id: UUID,
    taken: bool,
    by: Actor,
    note: str = "",
    case_id: UUID | None = None,
    version: int | None = None,
) -> Signal:
    """Take an early warning up, as a case if one was made of it, or dismiss it.

    Raises NotFound, Stale, SignalAnswered.
    """
    permissions.require(by, "windows.manage")
    found = _open(signal_id, SignalKind.WARNING, version)
    found.case_id = case_id
    state = SignalState.ACCEPTED if taken else SignalState.DECLINED
    return _decide(found, state, by, note)


@transaction.atomic
def look_at_queues(*, by: Actor = SYSTEM) -> int:
    """Compare every queue with the hall's thresholds: suggest a window where the expected wait is
    crowded, end a suggestion whose queue is quiet again, and write down what became of those that
    were followed. The number of new suggestions. May run at any time and twice."""
    if not _anything_to_see():
        return 0
    now = clock.now()
    lines = load.lines()
    waiting = {signal.queue_id: signal for signal in _open_suggestions()}
    made = 0
    for line in lines:
        known = waiting.get(line.queue.id)
        wanted = line.band in load.TOO_FULL
        if known is not None and not wanted:
            known.state, known.decided_at = SignalState.ENDED, now
            _save("ended", known, by)
        elif known is None and wanted and not _declined_lately(line.queue.id):
            _suggest(line, by)
            made += 1
    _note_changes({line.queue.id: line for line in lines}, by)
    return made


def _anything_to_see() -> bool:
    """Most halls are quiet most of the day: two look-ups say so."""
    waiting = Ticket.objects.filter(waits_on=clock.today(), state=TicketState.WAITING)
    recent = Signal.objects.filter(at__gte=clock.now() - timedelta(days=1))
    return waiting.exists() or recent.filter(kind=SignalKind.SUGGESTION).exists()


def _open_suggestions() -> list[Signal]:
    found = Signal.objects.select_for_update().filter(
        kind=SignalKind.SUGGESTION, state=SignalState.OPEN
    )
    return list(found.order_by("id"))


def _declined_lately(queue_id: UUID) -> bool:
    since = clock.now() - QUIET_AFTER_NO
    return Signal.objects.filter(
        kind=SignalKind.SUGGESTION, queue_id=queue_id, decided_at__gt=since
    ).exists()


def _suggest(line: load.QueueLine, by: Actor) -> None:
    made = Signal.objects.create(
        kind=SignalKind.SUGGESTION,
        rule=line.band,
        at=clock.now(),
        queue=line.queue,
        raised_by=by.name,
        detail=_figures(line),
    )
    _tell("suggested", made, by)


def _note_changes(lines: dict[UUID, load.QueueLine], by: Actor) -> None:
    """What the queue looks like a quarter of an hour after the decision."""
    answered = (SignalState.ACCEPTED, SignalState.DECLINED)
    due = Signal.objects.select_for_update().filter(
        kind=SignalKind.SUGGESTION,
        state__in=answered,
        after__isnull=True,
        decided_at__lte=clock.now() - LOOK_AGAIN,
        at__gte=clock.now() - timedelta(days=1),
    )
    for signal in due.order_by("id"):
        line = lines.get(signal.queue_id) if signal.queue_id else None
        if line is not None:
            signal.after = _figures(line) | {"at": clock.now().isoformat()}
            _save("followed", signal, by)


def _figures(line: load.QueueLine) -> dict[str, Any]:
    kept = asdict(line)
    names = ("waiting", "open_windows", "expected", "band")
    return {name: kept[name] for name in names}


def _locked(signal_id: UUID, kind: SignalKind, version: int | None) -> Signal:
    found = Signal.objects.select_for_update().filter(id=signal_id, kind=kind).first()
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        raise Stale(current=found.version)
    return found


def _open(signal_id: UUID, kind: SignalKind, version: int | None) -> Signal:
    found = _locked(signal_id, kind, version)
    if found.state != SignalState.OPEN:
        raise SignalAnswered(by=found.decided_by)
    return found


def _decide(found: Signal, state: SignalState, by: Actor, note: str) -> Signal:
    found.state, found.note = state, note
    found.decided_by, found.decided_at = by.name, clock.now()
    return _save(state.value, found, by)


def _save(action: str, found: Signal, by: Actor) -> Signal:
    found.version += 1
    found.save()
    return _tell(action, found, by)


def _tell(action: str, found: Signal, by: Actor) -> Signal:
    kind = SignalKind(found.kind)
    detail = {"kind": found.kind, "state": found.state}
    audit.record(f"signals.{action}", subject="signal", subject_id=found.id, by=by, detail=detail)
    live.publish(TOPICS[kind], Change(f"{kind}.{action}", found.id, found.version, detail))
    return found
