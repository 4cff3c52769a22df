"""What the leading department does: sign, contact, reply; and the desk's review of the reply."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import ClosingFile
from apps.cases.details import Contacted, Decided, Detail, Replied
from apps.cases.errors import NoVeto
from apps.cases.models import Case
from apps.cases.rules import Outcome, Stage, Step
from apps.cases.services import assisting, pausing
from apps.cases.services.clocks import Clocks, desk, lead
from apps.cases.services.moving import line, move, take
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


@transaction.atomic
def sign(*, case_id: UUID, version: int, by: Actor) -> Case:
    """The department takes the case over."""
    case = take(case_id, version, Step.SIGN, by)
    clocks = Clocks.of(case)
    clocks.stop(Stage.SIGN)
    case.signed_at = clocks.at
    return move(case, line(Step.SIGN), by, clocks=clocks)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of a contact: with whom one spoke, and what comes next (C-09).

    `answered`: the person gave what the case waited for, so its clock runs on."""

    spoken_with: str = ""
    next_step: str = ""
    answered: bool = False


@transaction.atomic
def contact(
    *,
    case_id: UUID,
    version: int,
    method: str,
    result: str,
    note: str,
    by: Actor,
    spoken: Spoken | None = None,
) -> Case:
    """The person was called, visited or written to; only reaching them stops the clock (M-11)."""
    case = take(case_id, version, Step.CONTACT, by)
    clocks, said = Clocks.of(case), spoken or Spoken()
    reached = result == "reached"
    runs_on = pausing.answered(case, clocks, method) if reached and said.answered else []
    if reached:
        clocks.stop(Stage.CONTACT)
        case.contacted_at = case.contacted_at or clocks.at
    detail = Contacted(method, result, said.spoken_with, said.next_step)
    return move(case, [*runs_on, line(Step.CONTACT, note, detail)], by, clocks=clocks)


@dataclass(frozen=True, slots=True)
class Reply(Detail):
    """A department's answer, kept with the case until it is delivered. What it says about proof
    and tools is not asked again at the closing (§2.7)."""

    answer: str
    solved: str
    outcome: str
    legal_basis: str = ""
    proof: str = ""
    tools: tuple[str, ...] = ()


@transaction.atomic
def reply(*, case_id: UUID, version: int, given: Reply, by: Actor) -> Case:
    """Answer for the department; the acting person becomes the case's handler. Assisting units
    that have not answered the lead are put down as silent."""
    case = take(case_id, version, Step.REPLY, by)
    clocks = Clocks.of(case)
    clocks.drop(Stage.CONTACT)
    silent = assisting.dismiss(case, clocks)
    clocks.hand_over(desk())
    case.reply, case.replied_at = replace(given, proof="", tools=()).as_json(), clock.now()
    case.closing = ClosingFile(proof=given.proof, tools=given.tools).over(case.closing)
    case.handler_post, case.handler_name = by.post_id, by.name
    case.handler_unit, case.handler_unit_name = case.lead_unit, case.lead_unit_name
    detail = Replied(given.solved, given.outcome, given.legal_basis, silent)
    return move(case, line(Step.REPLY, given.answer, detail), by, clocks=clocks)


@transaction.atomic
def review(*, case_id: UUID, version: int, decision: str, note: str, by: Actor) -> Case:
    """Pass a reply on or send it back. A reply that says no cannot pass here: it needs the way
    of a refusal (C-26); raises NoVeto."""
    step = Step.REVIEW_PASS if decision == "pass" else Step.REVIEW_REJECT
    case = take(case_id, version, step, by)
    clocks = Clocks.of(case)
    if step is Step.REVIEW_REJECT:
        clocks.hand_over(lead(case))
    elif (case.reply or {}).get("outcome") == Outcome.EXPLAINED:
        raise NoVeto
    return move(case, line(step, note, Decided(decision)), by, clocks=clocks)
