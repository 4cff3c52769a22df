"""Should it be done, can it be done, why is it stuck (C-50, domain.md §2.4)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.details import Triaged
from apps.cases.models import Case
from apps.cases.rules import Answer, Cause, Difficulty, Stage, State, Step, resolve_category
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import line, move, take
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Finding:
    """The answers of a triage."""

    should_do: Answer
    can_do: Answer
    cause: Cause
    blocking_reason: str
    difficulty: Difficulty
    note: str = ""


@transaction.atomic
def triage(*, case_id: UUID, version: int, finding: Finding, by: Actor) -> Case:
    """Put down the finding; a second one needs a note that says why (C-56)."""
    case = take(case_id, version, Step.TRIAGE, by)
    if case.state == State.TRIAGED and not finding.note.strip():
        raise Invalid(errors={"note": ["required"]})
    clocks = Clocks.of(case)
    detail = _put_down(case, finding)
    _count(case, finding.cause, clocks)
    return move(case, line(Step.TRIAGE, finding.note, detail), by, clocks=clocks)


def _put_down(case: Case, finding: Finding) -> Triaged:
    case.should_do, case.can_do = finding.should_do, finding.can_do
    case.cause, case.blocking_reason = finding.cause, finding.blocking_reason
    case.difficulty, case.triage_note = finding.difficulty, finding.note
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
