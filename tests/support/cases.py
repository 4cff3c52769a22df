"""Cases brought to a wanted state through the services, as people would bring them there."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from apps.cases.accountability.kept import ClosingFile
from apps.cases.details import Remedy
from apps.cases.models import Case
from apps.cases.rules import Answer, Cause, Difficulty, Outcome, ReceptionOutcome
from apps.cases.services import (
    answering,
    closing,
    dispatching,
    handling,
    refusing,
    registration,
    triage,
)
from apps.cases.services.answering import Callback
from apps.cases.services.closing import OnSpot
from apps.cases.services.handling import Reply
from apps.cases.services.refusing import Proposal
from apps.cases.services.registration import NewApplicant, NewCase, NewReception
from apps.cases.services.triage import Finding
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.catalogue import regulations_of

APPLICANT = NewApplicant(
    kind="person",
    relation="self",
    name="林晓雨",
    phone="19900001234",
    id_number="11010119900307283X",
)
FINDING = Finding(
    Answer.YES, Answer.YES, Cause.HARD, "B2", Difficulty.COMPLEX, "两证姓名不一致，应当更正。"
)
CLOSING = ClosingFile("证书编号 0001", "接收单位已确认", ("data_check",), "no")
RECEPTION = NewReception(
    matter="结婚证与身份证姓名不一致", applicant_kind="person", outcome=ReceptionOutcome.REGISTERED
)


@dataclass
class Team:
    """The people of one hall who bring a case from the first question to the outcome."""

    ref: HallRef
    desk: Actor = field(init=False)
    clerk: Actor = field(init=False)
    lead: Actor = field(init=False)
    handler: Actor = field(init=False)
    unit: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.unit = people.department_in(self.ref)
        self.desk = people.staff_in(self.ref, Role.DESK_OFFICER)
        self.clerk = people.staff_in(self.ref, Role.WINDOW_CLERK)
        self.lead = people.staff_in(self.ref, Role.SHIFT_LEAD)
        self.handler = people.staff_in(self.ref, Role.DEPT_HANDLER, department=self.unit)

    @cached_property
    def head(self) -> Actor:
        """Who leads the unit: signs its returns, is asked by its handler."""
        return people.staff_in(self.ref, Role.DEPT_LEAD, department=self.unit)

    def registered(self, **changes: Any) -> Case:
        with hall(self.ref):
            reception = registration.receive(RECEPTION, by=self.clerk)
            wanted = NewCase(
                reception=reception.id,
                title="结婚证姓名不一致",
                detail="婚姻登记时笔误。",
                want="补领正确的结婚证。",
                applicant=APPLICANT,
            )
            return registration.register(replace(wanted, **changes), by=self.clerk)

    def triaged(self, finding: Finding = FINDING, **changes: Any) -> Case:
        return self.triage(self.registered(**changes), finding)

    def triage(self, case: Case, finding: Finding = FINDING) -> Case:
        with hall(self.ref):
            return triage.triage(
                case_id=case.id, version=case.version, finding=finding, by=self.desk
            )

    def dispatched(self, **changes: Any) -> Case:
        case = self.triaged(**changes)
        with hall(self.ref):
            return self.dispatch(case)

    def dispatch(self, case: Case) -> Case:
        with hall(self.ref):
            return dispatching.dispatch(
                case_id=case.id,
                version=case.version,
                lead_unit=self.unit,
                assist_units=[],
                category="",
                note="",
                by=self.desk,
            )

    def give_back(self, case: Case, by: Actor | None = None) -> Case:
        with hall(self.ref):
            return dispatching.return_(
                case_id=case.id,
                version=case.version,
                reason_code="not_our_duty",
                note="不属本科职责",
                suggest_unit=None,
                by=by or self.head,
            )

    def bounced(self, times: int = 3, **changes: Any) -> Case:
        """Given back so many times."""
        case = self.give_back(self.dispatched(**changes))
        for _ in range(times - 1):
            case = self.give_back(self.dispatch(case))
        return case

    def signed(self, **changes: Any) -> Case:
        case = self.dispatched(**changes)
        with hall(self.ref):
            return handling.sign(case_id=case.id, version=case.version, by=self.handler)

    def in_progress(self, **changes: Any) -> Case:
        case = self.signed(**changes)
        with hall(self.ref):
            return handling.contact(
                case_id=case.id,
                version=case.version,
                method="phone",
                result="reached",
                note="",
                by=self.handler,
            )

    def replied(self, outcome: Outcome = Outcome.DONE, **changes: Any) -> Case:
        case = self.in_progress(**changes)
        with hall(self.ref):
            return handling.reply(
                case_id=case.id,
                version=case.version,
                given=Reply("已更正，可以领证。", "yes", outcome),
                by=self.handler,
            )

    def reviewed(self, **changes: Any) -> Case:
        case = self.replied(**changes)
        with hall(self.ref):
            return handling.review(
                case_id=case.id, version=case.version, decision="pass", note="", by=self.desk
            )

    def delivered(self, **changes: Any) -> Case:
        case = self.reviewed(**changes)
        return self.deliver(case)

    def deliver(self, case: Case) -> Case:
        with hall(self.ref):
            return answering.deliver(
                case_id=case.id,
                version=case.version,
                method="sms",
                text="可以来领证了。",
                by=self.desk,
            )

    def called_back(self, **changes: Any) -> Case:
        case = self.delivered(**changes)
        with hall(self.ref):
            return answering.call_back(
                case_id=case.id, version=case.version, given=Callback("solved", 5), by=self.lead
            )

    def closed(self, **changes: Any) -> Case:
        case = self.called_back(**changes)
        return self.close(case, Outcome.DONE)

    def close(self, case: Case, outcome: Outcome, on_spot: OnSpot | None = None) -> Case:
        with hall(self.ref):
            return closing.close(
                case_id=case.id,
                version=case.version,
                outcome=outcome,
                note="",
                on_spot=on_spot,
                by=self.desk,
                file=CLOSING,
            )

    def proposal(self) -> Proposal:
        assert self.lead.post_id is not None
        regulations_of(self.ref)
        return Proposal(
            legal_basis="XKF-38",
            explanation="注册资本不足，可增资后再申请。",
            approver=self.lead.post_id,
            remedy=Remedy("区人民政府", "区人民法院"),
        )

    def refusal_proposed(self, **changes: Any) -> Case:
        case = self.triaged(**changes)
        with hall(self.ref):
            return refusing.propose(
                case_id=case.id, version=case.version, proposal=self.proposal(), by=self.desk
            )

    def refused(self, **changes: Any) -> Case:
        case = self.refusal_proposed(**changes)
        with hall(self.ref):
            return refusing.decide(
                case_id=case.id, version=case.version, decision="approve", note="", by=self.lead
            )
