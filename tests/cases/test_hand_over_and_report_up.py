"""Accountable until the next one confirms (C-61); leaders are asked on the record (C-36)."""

from typing import Any

import pytest

from apps.cases import tracking
from apps.cases.models import Case
from apps.notices.models import Notice
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def offered(team: Team) -> Case:
    case = team.triaged()
    body = {"to_post": team.desk.post_id, "reason": "调岗"}
    answer = caller_for(team.ref, team.clerk).post(
        f"cases/{case.id}/hand-over", body, version=case.version
    )
    assert answer.status_code == 200, answer.content
    case.version = answer.json()["version"]
    return case


def answered(team: Team, case: Case, decision: str) -> Any:
    return caller_for(team.ref, team.desk).post(
        f"cases/{case.id}/hand-over-answer", {"decision": decision}, version=case.version
    )


def accountable(team: Team, case: Case) -> Any:
    with hall(team.ref):
        return Case.objects.values_list("first_responder_post", flat=True).get(id=case.id)


def test_nothing_changes_until_the_next_one_says_yes(team: Team) -> None:
    """C-61: the citizen's page names the old person until then."""
    case = offered(team)
    assert team.desk.post_id is not None

    with hall(team.ref):
        page = tracking.tracked(case.id)
        told = Notice.objects.filter(post=team.desk.post_id).values_list("kind", flat=True)
        assert list(told) == ["cases.hand_over"]
    assert accountable(team, case) == team.clerk.post_id
    assert page is not None
    assert page.responsible_name == team.clerk.name
    body = answered(team, case, "accept").json()
    assert body["first_responder"]["id"] == str(team.desk.post_id)
    assert accountable(team, case) == team.desk.post_id
    last = body["timeline"][-1]
    assert (last["kind"], last["data"]["decision"], last["data"]["asked"]) == (
        "hand-over-answer",
        "accept",
        "调岗",
    )
    assert body["accountability"]["requests"] == []


def test_who_declines_is_not_accountable(team: Team) -> None:
    """C-61."""
    case = offered(team)

    body = answered(team, case, "decline").json()

    assert accountable(team, case) == team.clerk.post_id
    assert body["accountability"]["requests"] == []
    with hall(team.ref):
        told = Notice.objects.get(post=team.clerk.post_id)
    assert (told.kind, told.params["decision"]) == ("cases.hand_over_answered", "decline")


def test_only_the_accountable_person_or_a_manager_hands_over(team: Team) -> None:
    """C-61."""
    case = team.triaged()
    body = {"to_post": team.clerk.post_id, "reason": "x"}
    officer = people.staff_in(team.ref, Role.DESK_OFFICER)

    status, problem = refused(caller_for(team.ref, officer), team, case, "hand-over", body)
    manager = caller_for(team.ref, team.lead).post(
        f"cases/{case.id}/hand-over",
        {"to_post": team.desk.post_id, "reason": "休假"},
        version=case.version,
    )

    assert (status, problem["code"]) == (403, "cases.not_yours")
    assert manager.status_code == 200


def test_a_second_offer_waits_for_the_first(team: Team) -> None:
    """C-61."""
    case = offered(team)
    body = {"to_post": team.lead.post_id, "reason": "x"}

    status, problem = refused(caller_for(team.ref, team.clerk), team, case, "hand-over", body)

    assert (status, problem["code"]) == (409, "cases.hand_over_pending")


def test_nobody_else_answers(team: Team) -> None:
    """C-61."""
    case = offered(team)
    body = {"decision": "accept"}

    status, problem = refused(caller_for(team.ref, team.lead), team, case, "hand-over-answer", body)

    assert (status, problem["code"]) == (403, "cases.not_asked")


@pytest.mark.parametrize("who", ["oneself", "unit", "unknown"])
def test_it_goes_to_somebody_who_can_take_it(who: str, team: Team) -> None:
    """C-61: not to oneself, not to a department, not to nobody."""
    case = team.triaged()
    post = {"oneself": team.clerk, "unit": team.handler, "unknown": None}[who]
    body = {"to_post": post.post_id if post else team.unit, "reason": "x"}

    status, problem = refused(caller_for(team.ref, team.clerk), team, case, "hand-over", body)

    assert (status, problem["code"]) == (422, "cases.post_not_allowed")


def test_a_handler_asks_the_units_lead_who_decides(team: Team) -> None:
    """C-36: who decided what, and when; the case stays where it is."""
    case = team.in_progress()
    body = {
        "to_post": team.head.post_id,
        "question": "能否凭旧证先行受理？",
        "wanted_by": "2027-01-04",
    }
    asked = (
        caller_for(team.ref, team.handler)
        .post(f"cases/{case.id}/report-up", body, version=case.version)
        .json()
    )
    head = caller_for(team.ref, team.head)
    open_request = head.get(f"cases/{case.id}").json()["accountability"]["requests"][0]
    said = {"decision": "agree", "note": "可以，材料后补。"}

    done = head.post(f"cases/{case.id}/report-up-answer", said, version=asked["version"]).json()

    assert (asked["state"], done["state"]) == ("in_progress", "in_progress")
    assert (open_request["mine"], open_request["wanted_by"]) == (True, "2027-01-04")
    last = done["timeline"][-1]
    assert (last["note"], last["data"]["decision"], last["data"]["asked"]) == (
        said["note"],
        "agree",
        body["question"],
    )
    assert last["actor"]["name"] == team.head.name
    assert done["accountability"]["requests"] == []


def test_two_questions_are_answered_one_by_one(team: Team) -> None:
    """C-36: the named one, not the oldest."""
    case = team.in_progress()
    handler, head = caller_for(team.ref, team.handler), caller_for(team.ref, team.head)
    for question in ("一", "二"):
        body = {"to_post": team.head.post_id, "question": question}
        answer = handler.post(f"cases/{case.id}/report-up", body, version=case.version)
        case.version = answer.json()["version"]
    second = answer.json()["accountability"]["requests"][1]["id"]
    said = {"request": second, "decision": "instruct", "note": "先报局里。"}

    done = head.post(f"cases/{case.id}/report-up-answer", said, version=case.version).json()

    assert [one["text"] for one in done["accountability"]["requests"]] == ["一"]
    assert done["timeline"][-1]["data"]["asked"] == "二"


def test_a_leader_of_another_unit_is_not_asked(team: Team) -> None:
    """C-36: who does not see the case cannot be asked about it."""
    case = team.in_progress()
    other = people.staff_in(
        team.ref, Role.DEPT_LEAD, department=people.department_in(team.ref, "城建科")
    )
    body = {"to_post": other.post_id, "question": "x"}

    status, problem = refused(caller_for(team.ref, team.handler), team, case, "report-up", body)

    assert (status, problem["code"]) == (422, "cases.post_not_allowed")
