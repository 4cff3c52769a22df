"""A hall with something of everything that a paper is about."""

from functools import cached_property
from typing import Any
from uuid import UUID

from apps.cases.intake.details import GuidanceSlip, Material
from apps.cases.models import Case
from apps.cases.rules import ReceptionOutcome
from apps.cases.services import noticing, registration
from apps.cases.services.reception import NewReception
from apps.documents.models import Paper
from apps.documents.rules import Paper as Code
from apps.documents.services import issuing, printing
from apps.oversight.rules import OrderReason
from apps.oversight.services import orders, urging
from apps.oversight.services.orders import Wish
from apps.work.api.forms import body_of
from apps.work.files import read
from apps.work.meeting_file import STEPS, Proposed
from apps.work.models import Meeting
from apps.work.services import meetings
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.documents import reading
from tests.support.cases import Team
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies


class Scene:
    """Each part is made when it is first asked for."""

    def __init__(self, ref: HallRef) -> None:
        self.ref, self.team = ref, Team(ref)

    @cached_property
    def supervisor(self) -> Actor:
        return staff_in(self.ref, Role.SUPERVISOR)

    @cached_property
    def manager(self) -> Actor:
        return staff_in(self.ref, Role.HALL_ADMIN)

    @cached_property
    def case(self) -> Case:
        return self.team.dispatched()

    def now(self) -> Case:
        with hall(self.ref):
            return Case.objects.get(id=self.case.id)

    def urged(self) -> UUID:
        with hall(self.ref):
            urging.urge(
                case_id=self.case.id,
                version=self.now().version,
                text="请立即联系申请人。",
                by=self.supervisor,
            )
        return self.case.id

    def noticed(self) -> UUID:
        wanted = [Material("登记档案复印件", "加盖档案馆印章", "区档案馆一楼")]
        with hall(self.ref):
            noticing.tell_missing(
                case_id=self.case.id,
                version=self.now().version,
                materials=wanted,
                told="调档不收费。",
                reason="",
                by=self.team.desk,
            )
        return self.case.id

    def promised(self) -> UUID:
        body = bodies(self.team.unit, self.team.unit)["deferred"]
        return begin(self.ref, self.case, "deferred", body, self.team.desk)[0].id

    def ordered(self) -> UUID:
        wish = Wish(OrderReason.OVERDUE, "超期三日未办结", "五日内办结并书面反馈")
        with hall(self.ref):
            return orders.rectify(
                unit=self.team.unit, case_id=self.case.id, wish=wish, by=self.manager
            ).id

    def slip(self) -> UUID:
        slip = GuidanceSlip("先调取档案", "区档案馆一楼", ("身份证",), "何静", "0531-00000000")
        wanted = NewReception(
            "补领结婚证", "person", ReceptionOutcome.GUIDED_BACK, slip=slip, exemption=""
        )
        with hall(self.ref):
            return registration.receive(wanted, by=self.team.clerk).id

    def met(self, *, issued: bool = True) -> UUID:
        """A meeting whose minutes were issued; without, one of its two units has yet to sign."""
        other = department_in(self.ref, "不动产科")
        wanted = Proposed("旧证姓名由谁证明", (self.case.id,), (other,))
        with hall(self.ref):
            made = meetings.propose(wanted=wanted, by=self.team.desk)
        came = [{"unit": unit, "present": True} for unit in (self.team.unit, other)]
        drafts = [{"case": self.case.id, "unit": other, "what": "三日内出具证明", "days": 3}]
        lead = self.team.lead
        self.meet(made, "call", {"planned_at": clock.now(), "place": "三楼会议室"}, lead)
        self.meet(made, "hold", {"attendance": came}, lead)
        said = {"minutes": "会议认为应予更正。\n会议议定三日内出证。", "resolutions": drafts}
        self.meet(made, "minute", said, lead)
        self.meet(made, "sign", {"agrees": True, "reservation": "以档案为准"}, self.team.handler)
        if issued:
            second = staff_in(self.ref, Role.DEPT_HANDLER, department=other)
            self.meet(made, "sign", {"agrees": True}, second)
            self.meet(made, "issue", {}, lead)
        return made.id

    def meet(self, meeting: Meeting, code: str, body: dict[str, Any], by: Actor) -> None:
        def parse(wanted: type[Any]) -> Any:
            found = body_of(wanted)(data=body)
            found.is_valid(raise_exception=True)
            return read(wanted, found.validated_data)

        assert code in STEPS
        with hall(self.ref):
            version = Meeting.objects.get(id=meeting.id).version
            meetings.step(meeting_id=meeting.id, version=version, code=code, given=parse, by=by)

    def issue(self, kind: Code, subject: UUID, by: Actor | None = None) -> Paper:
        with hall(self.ref):
            return issuing.issue(kind=kind, subject=subject, by=by or self.team.desk)

    def words(self, paper: Paper, by: Actor | None = None) -> str:
        with hall(self.ref):
            made = printing.printed(paper_id=paper.id, by=by or self.team.desk)
        return reading.words(made.content)
