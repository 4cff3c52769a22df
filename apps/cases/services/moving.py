"""The one way a case moves: locked, permitted, ruled, saved, told (design.md §4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.cases import permissions
from apps.cases.details import Detail
from apps.cases.models import Case, CaseEvent
from apps.cases.rules import TAKING_BACK, State, Step, after
from apps.cases.services.clocks import Clocks
from apps.cases.services.reporting import report
from apps.cases.timekeeping import standstill
from bancheng.city.exchange.enclosed import Enclosed
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound, Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox
from bancheng.services.outbox.events import Event

_NOTHING = Detail()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history to be written. Without a step the case stays in its state; `before` names
    the state it was in where the caller has put it back into an earlier one. `files` go along with
    an answer to another hall."""

    kind: str
    step: Step | None
    note: str = ""
    detail: Detail = _NOTHING
    unit: str = ""
    before: State | None = None
    files: tuple[Enclosed, ...] = ()


def line(
    step: Step, note: str = "", detail: Detail = _NOTHING, files: tuple[Enclosed, ...] = ()
) -> Line:
    """The line of a step."""
    return Line(step.verb, step, note, detail, files=files)


def take(case_id: UUID, version: int, step: Step, by: Actor) -> Case:
    """The case, locked for a step the actor may take.

    Raises NotFound (also when not visible), Stale, Forbidden, StepNotAllowed.
    """
    case = locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require_step(by, case, step)
    return case


def locked(case_id: UUID, by: Actor) -> Case:
    """The case, locked; raises NotFound when it does not exist for this actor."""
    case = records.locked(permissions.visible_to(by).filter(id=case_id))
    if case is None:
        raise NotFound
    return case


def move(
    case: Case,
    lines: Line | Sequence[Line],
    by: Actor,
    *,
    clocks: Clocks,
    facts: Iterable[Event] = (),
    units: Iterable[UUID | None] = (),
) -> Case:
    """Store a changed case with its history, tell the other hall, the audit, the listeners.

    Call it last: the caller has changed the case's other fields and its clocks. `units` are
    departments that hear of it besides the case's own.
    """
    wanted = [lines] if isinstance(lines, Line) else list(lines)
    case.version += 1
    before = case.state
    history = [_event(case, one, by) for one in wanted]
    if case.state != before and wanted[-1].step not in TAKING_BACK:
        resumed = _led_on(case, clocks)
        history += [_event(case, one, by) for one in resumed]
        wanted = [*resumed, *wanted]
    clocks.settle()
    records.update(case)
    records.insert([*clocks.ended(), *history])
    tell(case, wanted, by, facts=[*facts, *report(case, wanted)], units=units)
    return case


def _led_on(case: Case, clocks: Clocks) -> list[Line]:
    """A step that leads a case on ends its pause, and an extension that still waited."""
    standstill.lapse(case, clocks.at)
    if standstill.paused(case) is None:
        return []
    return [Line(Step.RESUME.verb, None, detail=clocks.go_on(clocks.at, "step"))]


def tell(
    case: Case,
    lines: Sequence[Line],
    by: Actor,
    *,
    facts: Iterable[Event] = (),
    units: Iterable[UUID | None] = (),
) -> None:
    """Audit, outbox, rollup marks and live topics, in the order that all writers keep."""
    for one in lines:
        detail = {"state": case.state, "version": case.version}
        audit.record(f"cases.{one.kind}", subject="case", subject_id=case.id, by=by, detail=detail)
    for fact in facts:
        outbox.publish(fact)
    rollups.mark_dirty(*_days(case))
    change = live.Change(
        kind=f"case.{lines[-1].kind}",
        ref=case.id,
        version=case.version,
        data={"state": case.state},
        actor=by.name,
    )
    case.heads = live.publish(_topics(case, units), change)


def _event(case: Case, one: Line, by: Actor) -> CaseEvent:
    """Move the case by one line and put it down."""
    before = one.before or case.state
    if one.step is not None:
        case.state = after(State(before), one.step)
    case.last_seq += 1
    return CaseEvent(
        case=case,
        seq=case.last_seq,
        kind=one.kind,
        at=clock.now(),
        actor_post=by.post_id,
        actor_name="" if by.kind in ("system", "citizen") else by.name,
        actor_unit=one.unit or unit_of(case, by),
        before=before,
        after=case.state,
        note=one.note,
        data=one.detail.as_json(),
    )


def unit_of(case: Case, by: Actor) -> str:
    """Where the actor stands, by name: the leading unit, or the hall's desk."""
    if by.kind == "citizen":
        return ""
    if by.department_id is not None and by.department_id == case.lead_unit:
        return case.lead_unit_name
    return here().desk_name


def _topics(case: Case, units: Iterable[UUID | None]) -> set[str]:
    assisting = [unit["id"] for unit in case.assist_units]
    topics = {f"dept:{unit}" for unit in (case.lead_unit, *units, *assisting) if unit}
    if case.letter_in or case.letter_out:
        topics.add("referrals")
    return topics | {"desk", "board", f"case:{case.id}"}


def _days(case: Case) -> set[date]:
    moments = (clock.now(), case.registered_at, case.due_at, case.closed_at)
    return {clock.day_of(at) for at in moments if at is not None}
