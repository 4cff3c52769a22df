"""A step that may not be taken says why and leaves everything as it was."""

from typing import Any

import pytest

from apps.cases.models import Case, CaseEvent
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db
CLOSING = {"proof": "证书编号 0001", "knowledge": "no"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def test_a_step_out_of_turn_names_those_in_turn(desk: Caller, team: Team) -> None:
    status, problem = refused(desk, team, team.registered(), "dispatch", {"lead_unit": team.unit})

    assert (status, problem["code"]) == (409, "cases.step_not_allowed")
    assert problem["params"] == {
        "state": "registered",
        "step": "dispatch",
        "allowed": ["triage", "merge", "report-up"],
    }
    assert problem["allowed"] == ["triage", "merge", "report-up"]


def test_the_version_seen_has_to_be_the_current_one(desk: Caller, team: Team) -> None:
    case = team.triaged()

    stale = refused(desk, team, case, "dispatch", {"lead_unit": team.unit}, version=1)
    missing = refused(desk, team, case, "dispatch", {"lead_unit": team.unit}, version=None)
    keyless = refused(desk, team, case, "dispatch", {"lead_unit": team.unit}, key=None)

    assert (stale[0], stale[1]["params"]) == (412, {"current": 2})
    assert (missing[0], missing[1]["code"]) == (428, "if_match_required")
    assert (keyless[0], keyless[1]["code"]) == (400, "idempotency.key_required")


def test_a_repeated_request_is_answered_and_not_done_again(desk: Caller, team: Team) -> None:
    case = team.triaged()
    body = {"lead_unit": str(team.unit)}

    first = desk.post(f"cases/{case.id}/dispatch", body, version=case.version, key="k1")
    again = desk.post(f"cases/{case.id}/dispatch", body, version=case.version, key="k1")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    with hall(team.ref):
        assert CaseEvent.objects.filter(case=case, kind="dispatch").count() == 1


def test_a_second_triage_says_why(desk: Caller, team: Team) -> None:
    body = {
        "should_do": "yes",
        "can_do": "no",
        "cause": "cannot",
        "blocking_reason": "A1",
        "difficulty": "simple",
    }

    status, problem = refused(desk, team, team.triaged(), "triage", body)

    assert (status, problem["params"]["errors"]) == (422, {"note": ["required"]})


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("triage", {"cause": "whatever"}, "cause"),
        ("triage", {"blocking_reason": "Z9"}, "blocking_reason"),
        ("dispatch", {"lead_unit": "no-uuid"}, "lead_unit"),
        ("refusal", {"remedy": {"review_body": ""}}, "remedy"),
        ("close", {"outcome": "rejected"}, "outcome"),
        ("referrals", {"reason": "x"}, "purpose"),
    ],
)
def test_bad_input_is_named_by_field(
    desk: Caller, team: Team, step: str, body: Any, field: str
) -> None:
    status, problem = refused(desk, team, team.triaged(), step, body)

    assert (status, problem["code"]) == (422, "invalid")
    assert field in problem["params"]["errors"]


def test_a_unit_of_another_hall_is_unknown(desk: Caller, team: Team, other_street: HallRef) -> None:
    foreign = people.department_in(other_street)

    status, problem = refused(desk, team, team.triaged(), "dispatch", {"lead_unit": foreign})

    assert (status, problem["params"]["errors"]) == (422, {"lead_unit": ["unknown"]})


def test_a_clerk_closes_on_the_spot_only_with_what_was_given(team: Team) -> None:
    clerk = caller_for(team.ref, team.clerk)
    case = team.triaged()

    without = refused(clerk, team, case, "close", {"outcome": "done"})
    explained = refused(
        clerk,
        team,
        case,
        "close",
        {"outcome": "explained", "on_spot": {"method": "written", "text": "不能办"}},
    )
    given = clerk.post(
        f"cases/{case.id}/close",
        {
            "outcome": "done",
            "on_spot": {"method": "spoken_signed", "text": "当面交付"},
            "file": CLOSING,
        },
        version=case.version,
    )

    assert (without[0], without[1]["code"]) == (422, "cases.not_delivered")
    assert (explained[0], explained[1]["code"]) == (422, "cases.outcome_not_allowed")
    assert (given.json()["state"], given.json()["outcome"]) == ("closed", "done")


def test_the_handler_does_not_call_back(team: Team) -> None:
    both = people.staff_in(team.ref, Role.DEPT_HANDLER, Role.DESK_OFFICER, department=team.unit)
    team.handler = both
    case = team.delivered()

    status, problem = refused(
        caller_for(team.ref, both), team, case, "callback", {"result": "solved"}
    )

    assert (status, problem["code"]) == (422, "cases.callback_by_handler")


def test_a_reception_becomes_one_case_at_most(desk: Caller, team: Team) -> None:
    case = team.registered()
    with hall(team.ref):
        reception = Case.objects.get(id=case.id).reception_id
    body = {
        "reception": reception,
        "title": "x",
        "detail": "x",
        "want": "x",
        "applicant": {"name": "x", "phone": "19900001234", "kind": "person", "relation": "self"},
        "pii_notice_accepted": True,
    }

    twice = desk.post("cases", body)
    unread = desk.post("cases", body | {"pii_notice_accepted": False})

    assert (twice.status_code, twice.json()["code"]) == (409, "cases.reception_has_case")
    assert unread.json()["params"]["errors"] == {"pii_notice_accepted": ["required"]}
    with hall(team.ref):
        assert Case.objects.count() == 1


def test_not_accepting_needs_reason_and_right_channel(desk: Caller) -> None:
    body = {"matter": "信访事项", "applicant_kind": "person", "outcome": "not_accepted"}

    without = desk.post("receptions", body)
    given = desk.post("receptions", body | {"reason_code": "petition", "right_channel": "区信访局"})

    assert without.json()["params"]["errors"] == {
        "reason_code": ["required"],
        "right_channel": ["required"],
    }
    assert given.status_code == 201


def test_first_choice_misuse_is_marked_unless_exempt(desk: Caller) -> None:
    body = {
        "matter": "咨询",
        "applicant_kind": "person",
        "outcome": "guided_back",
        "ordinary_window_tried": False,
    }

    plain = desk.post("receptions", body).json()
    exempt = desk.post("receptions", body | {"exemption": "vulnerable"}).json()
    unknown = desk.post("receptions", body | {"ordinary_window_tried": None}).json()

    assert [one["misuse"] for one in (plain, exempt, unknown)] == [True, False, False]
