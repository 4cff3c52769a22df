"""Should it be done, can it be done, why is it stuck (C-50, domain.md §2.4)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.accountability import sections
from apps.cases.details import Triaged
from apps.cases.intake.details import CauseChanged, Diagnosis, Judged
from apps.cases.intake.errors import NoRoute
from apps.cases.models import Case
from apps.cases.rules import Answer, Cause, Difficulty, Stage, State, Step, resolve_category
from apps.cases.services import dispatching, sealing
from apps.cases.services.clocks import Clocks, desk, lead
from apps.cases.services.moving import line, move, take
from apps.cases.services.sealing import Accusation
from bancheng.city.catalogue import desk_codes
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

_NO_DIAGNOSIS = Diagnosis()


@dataclass(frozen=True, slots=True)
class Finding:
    """The answers of a triage, and what was found out beside them (C-03, C-51, C-72, C-73)."""

    should_do: Answer
    can_do: Answer
    cause: Cause
    blocking_reason: str
    difficulty: Difficulty
    note: str = ""
    blocked_stage: str = ""
    discovery_source: str = ""
    diagnosis: Diagnosis = _NO_DIAGNOSIS
    seal: Accusation | None = None


@transaction.atomic
def triage(*, case_id: UUID, version: int, finding: Finding, by: Actor) -> Case:
    """Put down the finding; a second one needs a note that says why (C-56). With `seal` the case
    becomes a file about conduct in the same transaction (C-13)."""
    case = take(case_id, version, Step.TRIAGE, by)
    if case.state == State.TRIAGED and not finding.note.strip():
        raise Invalid(errors={"note": ["required"]})
    _require_reason(finding.blocking_reason)
    clocks = Clocks.of(case)
    detail = _put_down(case, finding)
    if finding.seal is not None:
        return sealing.seal(case, finding.seal, by, note=finding.note)
    _count(case, finding.cause, clocks)
    return move(case, line(Step.TRIAGE, finding.note, detail), by, clocks=clocks)


@transaction.atomic
def triage_and_dispatch(*, case_id: UUID, version: int, finding: Finding, by: Actor) -> Case:
    """Both at once, to the department that the matter's item names (C-39 立即派发).

    Raises NoRoute when it names none of this hall; then nothing is put down.
    """
    case = triage(case_id=case_id, version=version, finding=finding, by=by)
    if case.sealed:
        return case
    way = sections.route(case.service_item)
    if way.unit is None:
        raise NoRoute(why=way.why)
    return dispatching.dispatch(
        case_id=case_id,
        version=case.version,
        lead_unit=way.unit.id,
        assist_units=[],
        category="",
        note="",
        by=by,
    )


@transaction.atomic
def change_cause(
    *,
    case_id: UUID,
    version: int,
    given: Judged,
    reason: str,
    by: Actor,
    seal: Accusation | None = None,
) -> Case:
    """Judge a case that is with a department anew; both judgements stay comparable (C-56).

    The promise keeps its beginning and goes on under the limit of the new cause. With `seal` it
    becomes a file about conduct (C-13). Raises Invalid without a reason or when nothing changes.
    """
    case = take(case_id, version, Step.CAUSE_CHANGE, by)
    before = Judged(case.should_do, case.can_do, case.cause, case.blocking_reason)
    if not reason.strip():
        raise Invalid(errors={"reason": ["required"]})
    if before == given:
        raise Invalid(errors={"cause": ["unchanged"]})
    _require_reason(given.blocking_reason)
    clocks = Clocks.of(case)
    case.should_do, case.can_do = given.should_do, given.can_do
    case.cause, case.blocking_reason = given.cause, given.blocking_reason
    if seal is not None:
        return sealing.seal(case, seal, by, note=reason)
    case.category = resolve_category(Cause(given.cause), several_units=bool(case.assist_units))
    clocks.hand_over(lead(case) if case.lead_unit else desk())
    changed = line(Step.CAUSE_CHANGE, reason, CauseChanged(before, given))
    return move(case, changed, by, clocks=clocks)


def _require_reason(code: str) -> None:
    """The blocking reason is one that this hall offers (C-03)."""
    if code not in desk_codes.blocking_reasons():
        raise Invalid(errors={"blocking_reason": ["unknown"]})


def _put_down(case: Case, finding: Finding) -> Triaged:
    case.should_do, case.can_do = finding.should_do, finding.can_do
    case.cause, case.blocking_reason = finding.cause, finding.blocking_reason
    case.difficulty, case.triage_note = finding.difficulty, finding.note
    case.blocked_stage = finding.blocked_stage or case.blocked_stage
    case.discovery_source = finding.discovery_source or case.discovery_source
    if finding.diagnosis != _NO_DIAGNOSIS:
        case.diagnosis = finding.diagnosis.as_json()
    case.triaged_at = clock.now()
    return Triaged(
        finding.should_do,
        finding.can_do,
        finding.cause,
        finding.blocking_reason,
        finding.difficulty,
    )


def _count(case: Case, cause: Cause, clocks: Clocks) -> None:
    """What cannot be done is to be explained soon, counted from registration; the other limits
    start with the dispatch. A promise that already runs goes on under its new category."""
    case.category = resolve_category(cause, several_units=bool(case.assist_units))
    if cause is Cause.CANNOT:
        clocks.start_resolving(desk(), since=case.registered_at)
    elif case.letter_in is not None:
        clocks.hand_over(desk())
    else:
        clocks.drop(Stage.RESOLVE)
