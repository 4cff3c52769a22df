"""What the leading department does: sign, contact, reply; and the desk's review of the reply."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.details import Contacted, Decided, Detail, Replied
from apps.cases.errors import NoVeto
from apps.cases.models import Case
from apps.cases.rules import Outcome, Stage, Step
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


@transaction.atomic
def contact(*, case_id: UUID, version: int, method: str, result: str, note: str, by: Actor) -> Case:
    """The person was called, visited or written to; only reaching them stops the clock (M-11)."""
    case = take(case_id, version, Step.CONTACT, by)
    clocks = Clocks.of(case)
    if result == "reached":
        clocks.stop(Stage.CONTACT)
        case.contacted_at = case.contacted_at or clocks.at
    return move(case, line(Step.CONTACT, note, Contacted(method, result)), by, clocks=clocks)


@dataclass(frozen=True, slots=True)
class Reply(Detail):
    """A department's answer, kept with the case until it is delivered."""

    answer: str
    solved: str
    outcome: str
    legal_basis: str = ""


@transaction.atomic
def reply(*, case_id: UUID, version: int, given: Reply, by: Actor) -> Case:
    """Answer for the department; the acting person becomes the case's handler."""
    case = take(case_id, version, Step.REPLY, by)
    clocks = Clocks.of(case)
    clocks.drop(Stage.CONTACT)
    clocks.hand_over(desk())
    case.reply, case.replied_at = given.as_json(), clock.now()
    case.handler_post, case.handler_name = by.post_id, by.name
    case.handler_unit, case.handler_unit_name = case.lead_unit, case.lead_unit_name
    detail = Replied(given.solved, given.outcome, given.legal_basis)
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
