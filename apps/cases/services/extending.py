"""More time for the promise: asked before it is over, decided by somebody else (§2.5; 安阳 50)."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from apps.cases.models import Case, Deadline
from apps.cases.rules import Stage, Step
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import line, move, take
from apps.cases.timekeeping import standstill
from apps.cases.timekeeping.details import ExtensionAsked, ExtensionDecided
from apps.cases.timekeeping.errors import ExtensionLate, ExtensionUsed, NoExtensionAsked
from apps.cases.timekeeping.standstill import Extension
from apps.notices import services as notices
from bancheng.city.calendar import declared
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Invalid

GRANTED = "approve"


@transaction.atomic
def ask(*, case_id: UUID, version: int, days: int, reason: str, by: Actor) -> Case:
    """Ask for further working days; the date stands until it is decided.

    Raises Invalid, ExtensionLate, ExtensionUsed, ExtensionPending, ClockPaused.
    """
    case = take(case_id, version, Step.EXTENSION, by)
    clocks = Clocks.of(case)
    promise = _promise(case, clocks)
    most = declared.extension_days()
    if not 1 <= days <= most:
        raise Invalid(errors={"days": ["out_of_bounds"]})
    if clocks.at > promise.due_at:
        raise ExtensionLate(due_at=promise.due_at.isoformat())
    asked = Extension(days, reason.strip(), clocks.at, by.name, by.post_id, promise.due_at)
    case.extensions = [*case.extensions, asked.as_json()]
    params = {"days": days, "due_on": promise.due_on.isoformat()}
    note = notices.Note("cases.extension_asked", "case", case.id, case.number, params)
    notices.tell(note, to=_deciders(case), by=by)
    detail = ExtensionAsked(days, promise.due_on)
    return move(case, line(Step.EXTENSION, asked.reason, detail), by, clocks=clocks)


def _promise(case: Case, clocks: Clocks) -> Deadline:
    promise = clocks.running(Stage.RESOLVE)
    if promise is None:
        raise NoExtensionAsked
    limit = declared.extensions()
    if len(standstill.asked_since(case, promise.started_at)) >= limit:
        raise ExtensionUsed(limit=limit)
    return promise


def _deciders(case: Case) -> notices.To:
    """The unit's head, and who leads the hall, should the head be the one who asked."""
    return notices.To(unit=case.lead_unit, leads_only=True, roles=[Role.SHIFT_LEAD])


@transaction.atomic
def decide(*, case_id: UUID, version: int, decision: str, note: str, by: Actor) -> Case:
    """Grant or refuse it, with a reason that the person is told; the first date stays known.

    Raises NoExtensionAsked, OwnExtension.
    """
    step = Step.EXTENSION_GRANT if decision == GRANTED else Step.EXTENSION_REFUSE
    case = take(case_id, version, step, by)
    clocks = Clocks.of(case)
    waiting, promise = standstill.pending(case), clocks.running(Stage.RESOLVE)
    if waiting is None or promise is None:
        raise NoExtensionAsked
    before = promise.due_on
    if step is Step.EXTENSION_GRANT:
        clocks.extend(waiting.days)
    decided = replace(
        waiting,
        decision=decision,
        decided_at=clocks.at,
        decided_by=by.name,
        note=note.strip(),
        due_after=promise.due_at,
    )
    standstill.answered(case, decided)
    params = {"decision": decision, "due_on": promise.due_on.isoformat()}
    told = notices.Note("cases.extension_decided", "case", case.id, case.number, params)
    notices.tell(told, to=notices.To(posts=[waiting.asked_post]), by=by)
    detail = ExtensionDecided(decision, waiting.days, before, promise.due_on)
    return move(case, line(step, note, detail), by, clocks=clocks)
