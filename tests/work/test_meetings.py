"""C-14: a joint meeting from its proposal to signed minutes and what was resolved."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.work import meeting_queries
from apps.work.api.forms import body_of
from apps.work.errors import NoAgenda, NotAgreed, NotPresent, OutOfMeeting, SignatureMissing
from apps.work.files import read
from apps.work.meeting_file import STEPS, Proposed
from apps.work.models import Meeting, WorkItem
from apps.work.services import meetings
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.people import department_in, staff_in
from tests.support.work import take

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the hall


class Table:
    """A case of two departments, and the people who sit down about it."""

    def __init__(self, ref: HallRef) -> None:
        self.ref, self.team = ref, Team(ref)
        self.other = department_in(ref, "不动产科")
        self.absent = department_in(ref, "公安科")
        self.second = staff_in(ref, Role.DEPT_LEAD, department=self.other)
        self.case = self.team.dispatched()

    def propose(self, *cases: Case, by: Actor | None = None) -> Meeting:
        wanted = Proposed(
            "旧证姓名不一致由谁出证明",
            tuple(case.id for case in cases or (self.case,)),
            (self.other, self.absent),
        )
        with hall(self.ref):
            return meetings.propose(wanted=wanted, by=by or self.team.desk)

    def step(self, meeting: Meeting, code: str, body: dict[str, Any], by: Actor) -> Meeting:
        with hall(self.ref):
            version = Meeting.objects.get(id=meeting.id).version
            return meetings.step(
                meeting_id=meeting.id, version=version, code=code, given=_given(body), by=by
            )

    def held(self) -> Meeting:
        meeting = self.propose()
        at = clock.now() + timedelta(days=1)
        self.step(meeting, "call", {"planned_at": at, "place": "三楼会议室"}, self.team.lead)
        came = [{"unit": unit, "present": True} for unit in (self.team.unit, self.other)]
        return self.step(meeting, "hold", {"attendance": came}, self.team.lead)

    def minuted(self, *resolutions: dict[str, Any]) -> Meeting:
        drafts = list(resolutions) or [
            {"case": self.case.id, "unit": self.other, "what": "三日内出具同名证明", "days": 3}
        ]
        body = {"minutes": "会议议定……", "resolutions": drafts}
        return self.step(self.held(), "minute", body, self.team.handler)


def _given(body: dict[str, Any]) -> Any:
    def parse(wanted: type[Any]) -> Any:
        found = body_of(wanted)(data=body)
        found.is_valid(raise_exception=True)
        return read(wanted, found.validated_data)

    return parse


def test_a_meeting_is_to_be_held_within_five_working_days(district: HallRef) -> None:
    """§2.2 row F: 5 working days from the request; Monday 16 to Monday 23 November 2026."""
    table = Table(district)

    with clock.frozen(MONDAY):
        meeting = table.propose()

    with hall(district):
        running = Deadline.objects.get(case=table.case, item=meeting.id, ended="")
    assert (running.stage, running.rule) == ("meeting", "WD+5")
    assert running.due_on.isoformat() == "2026-11-23"
    assert running.owner == table.team.unit


def test_minutes_are_issued_when_all_who_were_present_have_signed(district: HallRef) -> None:
    """C-14: countersigned by members; the absent do not sign; resolutions are timed work."""
    table = Table(district)
    meeting = table.minuted()
    table.step(meeting, "sign", {"agrees": True}, table.team.handler)

    with pytest.raises(SignatureMissing) as refusal:
        table.step(meeting, "issue", {}, table.team.lead)
    table.step(meeting, "sign", {"agrees": True, "reservation": "仅限本件"}, table.second)
    issued = table.step(meeting, "issue", {}, table.team.lead)

    with hall(district):
        item = WorkItem.objects.get(meeting=meeting.id)
        kinds = list(
            CaseEvent.objects.filter(case=table.case, kind__startswith="meeting.")
            .order_by("seq")
            .values_list("kind", flat=True)
        )
        clock_of = Deadline.objects.get(item=item.id)
        held = Deadline.objects.get(item=meeting.id)
    assert refusal.value.params == {"units": ["不动产科"]}
    assert (issued.state, item.kind, item.unit, item.state) == (
        "issued",
        "resolution",
        table.other,
        "due",
    )
    assert (clock_of.rule, clock_of.policy_source, held.ended) == ("WD+3", "chosen", "done")
    assert kinds == [f"meeting.{step}" for step in ("propose", "call", "hold", "minute")] + [
        "meeting.sign",
        "meeting.sign",
        "meeting.issue",
    ]


def test_a_unit_that_disagrees_is_overruled_by_the_leader_only(district: HallRef) -> None:
    """§2.5: not agreed → the leader in charge is asked for a special meeting (深圳龙岗 2005)."""
    table = Table(district)
    meeting = table.minuted()
    table.step(meeting, "sign", {"agrees": True}, table.team.handler)
    table.step(meeting, "sign", {"agrees": False, "reservation": "于法无据"}, table.second)

    with pytest.raises(NotAgreed):
        table.step(meeting, "issue", {}, table.team.lead)
    asked = {"leader": "分管副区长", "question": "由谁出证明"}
    table.step(meeting, "ask_special", asked, table.team.lead)
    back = table.step(meeting, "decide_special", {"decision": "由不动产科出具"}, table.team.lead)
    unsigned = [seat["signed_at"] for seat in back.seats]
    table.step(meeting, "sign", {"agrees": True}, table.team.handler)
    table.step(meeting, "sign", {"agrees": False}, table.second)
    issued = table.step(meeting, "issue", {}, table.team.lead)

    assert unsigned == [None, None, None]
    assert (issued.state, issued.special["decision"]) == ("issued", "由不动产科出具")


def test_who_was_not_there_neither_thinks_nor_signs(district: HallRef) -> None:
    """C-14: opinions and signatures of units that were present."""
    table = Table(district)
    police = staff_in(district, Role.DEPT_HANDLER, department=table.absent)
    meeting = table.held()

    with pytest.raises(NotPresent):
        table.step(meeting, "opine", {"position": "agree", "text": "同意"}, police)
    table.step(meeting, "opine", {"position": "conditional", "text": "补材料后同意"}, table.second)

    with hall(district):
        kept = Meeting.objects.get(id=meeting.id)
    assert [seat["position"] for seat in kept.seats] == ["", "conditional", ""]


def test_a_new_draft_is_signed_anew(district: HallRef) -> None:
    """C-14: nobody has signed a text that changed."""
    table = Table(district)
    meeting = table.minuted()
    table.step(meeting, "sign", {"agrees": True}, table.second)

    again = table.step(meeting, "minute", {"minutes": "改后"}, table.team.handler)

    assert [seat["signed_by"] for seat in again.seats] == ["", "", ""]
    assert again.drafts == []


def test_an_invited_unit_sees_the_meeting_and_not_the_case(district: HallRef) -> None:
    """C-14: a case that the reader may not see stands on no agenda for them."""
    table = Table(district)
    meeting = table.propose()
    outsider = staff_in(district, Role.DEPT_LEAD, department=department_in(district, "税务科"))

    with hall(district):
        invited = meeting_queries.one(meeting.id, table.second)
        leading = meeting_queries.one(meeting.id, table.team.handler)
        with pytest.raises(NotFound):
            meeting_queries.one(meeting.id, outsider)

    assert (invited["agenda"], len(leading["agenda"])) == ([], 1)
    assert invited["topic"] == "旧证姓名不一致由谁出证明"


def test_a_meeting_is_about_cases_that_the_proposer_sees(
    district: HallRef, street: HallRef
) -> None:
    """C-14: another hall's case, an unseen one and a closed one all count as none."""
    table = Table(district)
    foreign, closed = Team(street).triaged(), table.team.closed()

    for case, by in ((foreign, None), (closed, None), (table.case, table.second)):
        with pytest.raises(NoAgenda):
            table.propose(case, by=by)

    with hall(district):
        assert Meeting.objects.count() == 0
        assert Deadline.objects.filter(stage="meeting").count() == 0


def test_only_the_desk_calls_and_only_in_its_turn(district: HallRef) -> None:
    """C-14: invitations by who convenes; nothing is signed before it was written."""
    table = Table(district)
    meeting = table.propose()
    called = {"planned_at": clock.now(), "place": "三楼"}

    with pytest.raises(Forbidden):
        table.step(meeting, "call", called, table.team.handler)
    with pytest.raises(OutOfMeeting) as refusal:
        table.step(meeting, "sign", {"agrees": True}, table.second)

    with hall(district):
        kept = Meeting.objects.get(id=meeting.id)
    assert (kept.state, kept.version, refusal.value.params["allowed"]) == ("proposed", 1, [])


def test_how_effective_meetings_are(district: HallRef) -> None:
    """M-31: resolutions done on time ÷ due; days from request to meeting."""
    table = Table(district)
    with clock.frozen(MONDAY):
        meeting = table.propose()
    with clock.frozen(MONDAY + timedelta(days=2)):
        table.step(meeting, "call", {"planned_at": clock.now(), "place": "三楼"}, table.team.lead)
        came = [{"unit": table.other, "present": True}]
        table.step(meeting, "hold", {"attendance": came}, table.team.lead)
        todo = {"case": table.case.id, "unit": table.other, "days": 1}
        drafts = [todo | {"what": "出证明"}, todo | {"what": "改系统"}]
        table.step(meeting, "minute", {"minutes": "x", "resolutions": drafts}, table.team.lead)
        table.step(meeting, "sign", {"agrees": True}, table.second)
        table.step(meeting, "issue", {}, table.team.lead)
        with hall(district):
            first = WorkItem.objects.filter(meeting=meeting.id).order_by("seq")[0]
        take(district, first, "complete", {"result": "已出具"}, by=table.second)

    late = MONDAY + timedelta(days=7)
    with clock.frozen(late), hall(district):
        day = clock.today()
        found = meeting_queries.effect(day - timedelta(days=30), day, table.team.lead)
    assert (found.meetings, found.held, found.days_to_meeting) == (1, 1, 2)
    assert (found.resolutions_due, found.resolutions_in_time) == (2, 1)


def test_every_step_of_a_meeting_leads_somewhere_known() -> None:
    """C-14: the table of steps is closed under itself."""
    left = {state for moves, _, _ in STEPS.values() for state in moves}
    reached = {state for moves, _, _ in STEPS.values() for state in moves.values()}

    assert left - reached == {"proposed"}
    assert reached - left == {"issued", "cancelled"}
