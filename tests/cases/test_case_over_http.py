"""A case from the ticket to the outcome, the way the pages do it."""

from typing import Any

import pytest

from bancheng.kernel.hall import HallRef
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for

pytestmark = pytest.mark.django_db

RECEPTION = {
    "matter": "证件姓名不一致",
    "applicant_kind": "person",
    "outcome": "registered",
    "visit_count": 3,
    "tried_windows": [{"name": "民政事务窗口", "result": "要求先开证明"}],
}
CASE = {
    "title": "结婚证姓名与身份证不一致",
    "detail": "两个窗口都不受理。",
    "want": "补领一本姓名正确的结婚证。",
    "applicant": {
        "name": "林晓雨",
        "phone": "19900001234",
        "id_number": "11010119900307283X",
        "kind": "person",
        "relation": "self",
    },
    "visit_count": 3,
    "urgency": "normal",
    "confidential": False,
    "pii_notice_accepted": True,
}
TRIAGE = {
    "should_do": "yes",
    "can_do": "yes",
    "cause": "hard",
    "blocking_reason": "B2",
    "difficulty": "complex",
    "note": "应当更正",
}
CLOSING = {"proof": "证书编号 0001", "knowledge": "no"}
DISPATCH = {"category": "", "note": "请办理"}
STAGES = {"dispatch", "sign", "contact", "resolve", "callback"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def new_case(caller: Caller) -> Any:
    reception = caller.post("receptions", RECEPTION)
    assert reception.status_code == 201, reception.content
    made = caller.post("cases", CASE | {"reception": reception.json()["id"]})
    assert made.status_code == 201, made.content
    return made.json()


def untimed(shown: Any) -> Any:
    """What is the same however many minutes have passed."""
    (shown["deadline"] or {}).pop("remaining_minutes", None)
    return shown


def test_a_case_goes_from_the_desk_to_its_outcome(team: Team) -> None:
    desk, lead = caller_for(team.ref, team.desk), caller_for(team.ref, team.lead)
    handler = caller_for(team.ref, team.handler)
    case = new_case(desk)
    path = f"cases/{case['id']}"
    way = [
        (desk, "triage", TRIAGE, "triaged"),
        (desk, "dispatch", DISPATCH | {"lead_unit": team.unit}, "dispatched"),
        (handler, "sign", {}, "signed"),
        (handler, "contact", {"method": "phone", "result": "reached", "note": ""}, "in_progress"),
        (handler, "reply", {"answer": "已更正", "solved": "yes", "outcome": "done"}, "replied"),
        (desk, "review", {"decision": "pass", "note": ""}, "reviewed"),
        (desk, "deliver", {"method": "sms", "text": "可以领证"}, "delivered"),
        (lead, "callback", {"result": "solved", "satisfaction": 5, "note": ""}, "called_back"),
        (desk, "close", {"outcome": "done", "note": "", "file": CLOSING}, "closed"),
    ]

    for caller, step, body, state in way:
        answer = caller.post(f"{path}/{step}", body, version=case["version"])
        assert answer.status_code == 200, (step, answer.content)
        case = answer.json()
        assert (case["state"], answer["ETag"]) == (state, f'"v{case["version"]}"')
        assert f"case:{case['id']}=" in answer["X-Event-Seq"]
        assert untimed(caller.get(path).json()) == untimed(answer.json())

    assert [line["kind"] for line in case["timeline"]] == [
        "registered",
        *(step for _, step, _, _ in way),
    ]
    assert (case["outcome"], case["deadline"], case["allowed_steps"]) == (
        "done",
        None,
        ["reopen", "appeal", "undo"],
    )
    assert {one["stage"] for one in case["deadlines"]} == STAGES
    assert case["first_responder"]["id"] == str(team.desk.post_id)
    assert case["applicant"]["name"] == "林**"


def test_lists_and_rulers(team: Team) -> None:
    desk = caller_for(team.ref, team.desk)
    case = new_case(desk)

    found = desk.get("cases?state=registered&mine=1&q=姓名").json()
    ruler = desk.get(f"deadlines/{case['deadline']['id']}/explanation")

    assert [row["id"] for row in found["results"]] == [case["id"]]
    assert ruler.json()["rule"] == "WH+2"
    assert desk.get("receptions").json()["results"][0]["visit_count"] == 3
    assert desk.get("cases?state=nonsense").status_code == 422
