"""A day of each role over the API, everybody with their own token and nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import HallRef
from tests.story.script import FINDING
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.work import bodies

pytestmark = pytest.mark.django_db
Body = dict[str, Any]
AGENT = {
    "name": "林照影",
    "phone": "19900005678",
    "authority": {"kind": "power_of_attorney", "scope": "代为办理登记"},
}
APPLICANT = {"name": "林晓雨", "phone": "19900001234", "kind": "person", "relation": "agent"}


@dataclass
class Person:
    """Somebody at their own screen."""

    caller: Caller

    def get(self, path: str) -> Any:
        answer = self.caller.get(path)
        assert answer.status_code == 200, (path, answer.content)
        return answer.json()

    def post(self, path: str, body: Any = None, version: int | None = None) -> Any:
        answer = self.caller.post(path, body, version=version)
        assert answer.status_code in (200, 201), (path, answer.json())
        return answer.json()

    def step(self, case: Body, verb: str, body: Any = None) -> Any:
        """As a page does it: the case is read again, its step must be offered, then taken."""
        seen = self.get(f"cases/{case['id']}")
        assert verb in seen["allowed_steps"], (verb, seen["allowed_steps"])
        return self.post(f"cases/{case['id']}/{verb}", body, version=seen["version"])

    def refused(self, path: str, body: Any = None, version: int | None = None) -> str:
        answer = self.caller.post(path, body, version=version)
        assert answer.status_code >= 400, path
        return str(answer.json()["code"])

    def work(self, case: Body, kind: str) -> Body:
        found = self.get(f"cases/{case['id']}/work")["results"]
        return next(one for one in found if one["kind"] == kind)


CAME = {
    "matter": "替住院的母亲办理登记，委托书被拒。",
    "applicant_kind": "person",
    "outcome": "registered",
}
FOR_THE_MOTHER = {
    "title": "委托签字无法核实",
    "detail": "母亲住院不能到场。",
    "want": "凭委托书办理登记。",
    "applicant": APPLICANT | {"agent": AGENT},
    "pii_notice_accepted": True,
}


class Hall:
    """The people of one hall, made when they are needed."""

    def __init__(self, ref: HallRef) -> None:
        self.ref, self.team = ref, Team(ref)
        self.beside = people.department_in(ref, "城建科")

    def at(self, actor: Actor) -> Person:
        return Person(caller_for(self.ref, actor))

    def new(self, role: Role, unit: UUID | None = None) -> Person:
        return self.at(people.staff_in(self.ref, role, department=unit))

    def case(self, state: str) -> Body:
        found = getattr(self.team, state)()
        return {"id": str(found.id)}


@pytest.fixture
def place(district: HallRef) -> Hall:
    return Hall(district)


def test_a_clerks_day(place: Hall) -> None:
    """C-01, C-02, C-50, C-51, C-61, C-74: received with a representative, told at once what
    is missing, judged, handed over at the end of the shift."""
    clerk, lead = place.at(place.team.clerk), place.at(place.team.lead)
    case = clerk.post("cases", FOR_THE_MOTHER | {"reception": clerk.post("receptions", CAME)["id"]})
    version = clerk.get(f"cases/{case['id']}")["version"]
    missing = {"materials": [{"name": "授权委托书原件"}], "told": "printed"}
    clerk.post(f"cases/{case['id']}/one-time-notice", missing, version=version)
    triaged = clerk.step(case, "triage", FINDING | {"blocked_stage": "accept"})
    routing = clerk.get(f"cases/{case['id']}/routing")
    given = clerk.refused(
        f"cases/{case['id']}/dispatch", {"lead_unit": place.team.unit}, triaged["version"]
    )
    clerk.step(case, "hand-over", {"to_post": place.team.lead.post_id, "reason": "下班"})
    taken = lead.step(case, "hand-over-answer", {"decision": "accept"})

    judged = triaged["triage"]
    assert (triaged["state"], judged["should_do"], judged["can_do"]) == (
        *("triaged", "yes"),
        "unclear",
    )
    assert triaged["blocked_stage"] == "accept"
    assert routing
    assert given == "forbidden"
    assert taken["first_responder"]["name"] == place.team.lead.name


def test_a_departments_day(place: Hall) -> None:
    """C-12, C-36, C-65, C-68: with an assisting unit, an opinion, a pause, more time, a question to
    the head; then the reply."""
    desk, handler = place.at(place.team.desk), place.at(place.team.handler)
    head, beside = place.at(place.team.head), place.new(Role.DEPT_HANDLER, place.beside)
    case = place.case("triaged")
    units = {"lead_unit": place.team.unit, "assist_units": [place.beside]}
    desk.step(case, "dispatch", units)

    handler.step(case, "sign")
    beside.step(case, "assist-sign")
    handler.step(case, "contact", {"method": "phone", "result": "reached"})
    beside.step(case, "assist-reply", {"text": "无异议。", "result": "agreed"})
    asked = {"units": [place.beside], "question": "能否按旧名补领？"}
    handler.post(f"cases/{case['id']}/work/opinion", asked)
    opinion = next(iter(beside.get("work/inbox")["results"]))
    said = {"position": "agree", "text": "可以按旧名补领。"}
    beside.post(f"work/{opinion['id']}/answer", said, opinion["version"])
    promise = bodies(place.team.unit, place.team.unit)["deferred"]
    handler.post(f"cases/{case['id']}/work/deferred", promise)
    handler.step(case, "pause", {"reason": "applicant_material", "told": "phone"})
    handler.step(case, "resume", {"note": "材料到了"})
    handler.step(case, "extension", {"days": 2, "reason": "需外地核档"})
    granted = head.step(case, "extension-decision", {"decision": "approve", "note": "确有必要"})
    question = {"to_post": place.team.head.post_id, "question": "能否容缺？"}
    handler.step(case, "report-up", question)
    head.step(case, "report-up-answer", {"decision": "agree", "note": "可以"})
    item = handler.work(case, "deferred")
    came = {"material": "单位证明", "arrived_on": clock.today(), "how": "post"}
    handler.post(f"work/{item['id']}/supplement", came, item["version"])
    replied = handler.step(
        case, "reply", {"answer": "已更正。", "solved": "yes", "outcome": "done"}
    )

    assert granted["extensions"][0]["decision"] == "approve"
    assert replied["state"] == "replied"
    assert handler.work(case, "opinion")["state"] == "answered"
    assert handler.work(case, "deferred")["state"] == "complete"


def test_an_assistants_day(place: Hall) -> None:
    """C-04: the plan was made with the person; each errand is reported, then the plan is done."""
    helper = people.staff_in(place.ref, Role.ASSISTANT)
    assert helper.post_id is not None
    assistant, desk, case = place.at(helper), place.at(place.team.desk), place.case("dispatched")
    desk.post(f"cases/{case['id']}/work/assist", bodies(place.team.unit, helper.post_id)["assist"])

    for number in (1, 2):
        plan = next(iter(assistant.get("work/inbox")["results"]))
        done = {"number": number, "outcome": "done", "result": "已调取"}
        assistant.post(f"work/{plan['id']}/report", done, plan["version"])
    plan = assistant.get(f"work/{plan['id']}")
    if plan["open"]:
        plan = assistant.post(f"work/{plan['id']}/finish", {"result": "办成"}, plan["version"])

    assert desk.work(case, "assist")["open"] is False
    assert assistant.refused(f"cases/{case['id']}/close", {"outcome": "done"}, 1) == "not_found"


def test_a_shift_leads_day(place: Hall) -> None:
    """C-14, C-26: a joint meeting with signed minutes, a refusal approved by a second person."""
    lead, desk, handler = (
        place.at(one) for one in (place.team.lead, place.team.desk, place.team.handler)
    )
    case, unit = place.case("in_progress"), place.team.unit
    meeting = lead.post("meetings", {"topic": "由谁出证明", "cases": [case["id"]], "units": [unit]})

    def take(who: Person, step: str, body: Any = None) -> Body:
        seen = who.get(f"meetings/{meeting['id']}")
        assert step in seen["allowed_steps"], (step, seen["allowed_steps"])
        done: Body = who.post(f"meetings/{meeting['id']}/{step}", body, seen["version"])
        return done

    tomorrow = clock.now() + timedelta(days=1)
    take(lead, "call", {"planned_at": tomorrow, "place": "三楼会议室"})
    take(lead, "hold", {"attendance": [{"unit": unit, "present": True, "person": "何民生"}]})
    take(handler, "opine", {"position": "agree", "text": "由本科出具。"})
    take(lead, "minute", {"minutes": "由民政科出具证明。"})
    take(handler, "sign", {"agrees": True})
    issued = take(lead, "issue")

    proposal = place.team.proposal()
    refusal = {
        "legal_basis": proposal.legal_basis,
        "explanation": proposal.explanation,
        "approver": proposal.approver,
        "remedy": {"review_body": "区人民政府", "litigation_court": "区人民法院"},
    }
    desk.step(case, "refusal", refusal)
    own = desk.get(f"cases/{case['id']}")
    lone = desk.refused(
        f"cases/{case['id']}/refusal-approval", {"decision": "approve"}, own["version"]
    )
    refused = lead.step(case, "refusal-approval", {"decision": "approve"})

    assert issued["state"] == "issued"
    assert (lone, refused["state"]) == ("forbidden", "refused")
