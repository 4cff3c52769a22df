"""Nobody says no alone: basis, explanation, remedies, and somebody else's approval (C-26)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.details import Decided, Named, RefusalFile, Remedy
from apps.cases.errors import ApproverNotAllowed
from apps.cases.models import Case
from apps.cases.permissions import APPROVERS
from apps.cases.rules import Stage, Step
from apps.cases.services.clocks import Clocks, Owner, desk
from apps.cases.services.moving import line, move, take
from apps.staff import queries as staff
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """A refusal as it is put before its approver."""

    legal_basis: str
    explanation: str
    approver: UUID
    remedy: Remedy
    materials_needed: str = ""


@transaction.atomic
def propose(*, case_id: UUID, version: int, proposal: Proposal, by: Actor) -> Case:
    """Ask somebody else to approve a refusal, before it is given; raises ApproverNotAllowed."""
    case = take(case_id, version, Step.REFUSAL, by)
    approver = _approver(proposal.approver, by)
    file = RefusalFile(
        legal_basis=proposal.legal_basis,
        explanation=proposal.explanation,
        materials_needed=proposal.materials_needed,
        remedy=proposal.remedy,
        proposer=Named(by.post_id, by.name),
        approver=approver,
    )
    case.refusal = file.as_json()
    clocks = Clocks.of(case)
    clocks.drop(Stage.DISPATCH, Stage.SIGN, Stage.CONTACT)
    clocks.hand_over(Owner(None, approver.name))
    return move(case, line(Step.REFUSAL, proposal.explanation, file), by, clocks=clocks)


def _approver(post_id: UUID, by: Actor) -> Named:
    found = staff.actor_of_post(post_id)
    if found is None or post_id == by.post_id or not found.has_role(*APPROVERS):
        raise ApproverNotAllowed
    return Named(post_id, found.name)


@transaction.atomic
def decide(*, case_id: UUID, version: int, decision: str, note: str, by: Actor) -> Case:
    """Approve, so that the refusal can be delivered, or send the case back to triage."""
    step = Step.REFUSAL_APPROVE if decision == "approve" else Step.REFUSAL_REJECT
    case = take(case_id, version, step, by)
    clocks = Clocks.of(case)
    clocks.hand_over(desk())
    if step is Step.REFUSAL_APPROVE:
        case.refusal = {**(case.refusal or {}), "decision": decision, "decision_note": note}
    else:
        case.refusal = None
        clocks.start(Stage.DISPATCH, desk())
    return move(case, line(step, note, Decided(decision)), by, clocks=clocks)
