"""Nobody says no alone: basis, explanation, remedies, and somebody else's approval (C-26)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.accountability import limits
from apps.cases.details import Decided, Named, RefusalFile, Remedy
from apps.cases.errors import ApproverNotAllowed, NotPlain
from apps.cases.models import Case, CaseEvent
from apps.cases.permissions import APPROVERS
from apps.cases.rules import Step, plain
from apps.cases.services import assisting
from apps.cases.services.awaiting import await_unit, no_unit_needed
from apps.cases.services.clocks import Clocks, Owner, desk
from apps.cases.services.explaining import article
from apps.cases.services.moving import line, move, take
from apps.notices import services as notices
from apps.staff import queries as staff
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class Proposal:
    """A refusal as it is put before its approver. What is left empty is filled in from the case:
    the organ whose act it is, and who handled it."""

    legal_basis: str
    explanation: str
    approver: UUID
    remedy: Remedy
    materials_needed: str = ""
    act: str = ""
    organ: str = ""
    reason: str = ""
    handler: str = ""
    handler_title: str = ""


@transaction.atomic
def propose(*, case_id: UUID, version: int, proposal: Proposal, by: Actor) -> Case:
    """Report a refusal before it is given, and ask somebody else to approve it (§2.6).

    Raises ApproverNotAllowed, UnknownBasis, NotPlain.
    """
    case = take(case_id, version, Step.REFUSAL, by)
    approver = _approver(proposal.approver, by)
    file = _file(case, proposal, approver, by)
    case.refusal = file.as_json()
    clocks = Clocks.of(case)
    no_unit_needed(clocks)
    assisting.dismiss(case, clocks)
    clocks.hand_over(Owner(None, approver.name))
    note = notices.Note("cases.refusal_to_approve", "case", case.id, case.number)
    notices.tell(note, to=notices.To(posts=[approver.id]), by=by)
    return move(case, line(Step.REFUSAL, proposal.explanation, file), by, clocks=clocks)


def _file(case: Case, given: Proposal, approver: Named, by: Actor) -> RefusalFile:
    basis, least = article(given.legal_basis), limits.explanation_length()
    if not plain(given.explanation, basis.text, least=least):
        raise NotPlain(least=least)
    times = CaseEvent.objects.filter(case=case, kind=Step.EXPLANATION.verb).count()
    return RefusalFile(
        legal_basis=given.legal_basis,
        explanation=given.explanation,
        materials_needed=given.materials_needed,
        remedy=given.remedy,
        proposer=Named(by.post_id, by.name),
        approver=approver,
        act=given.act,
        organ=given.organ or case.handler_unit_name or case.lead_unit_name or here().name,
        reason=given.reason or given.explanation,
        basis_title=f"{basis.title} {basis.article}".strip(),
        basis_text=basis.text,
        handler=given.handler or case.handler_name or by.name,
        handler_title=given.handler_title,
        explained_times=times,
    )


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
        await_unit(case, clocks, by)
    return move(case, line(step, note, Decided(decision)), by, clocks=clocks)
