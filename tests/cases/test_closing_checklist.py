"""What has to be there before a case is closed (domain.md §2.7), item by item."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.cases.models import Case
from apps.cases.services import answering
from apps.cases.services.answering import Callback
from bancheng.city.rollups import marks
from bancheng.kernel import clock
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
FILE: dict[str, Any] = {
    "proof": "结婚证字号 0001",
    "received": "区档案馆已接收",
    "tools": ["data_check"],
    "knowledge": "in",
}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def without(*names: str) -> dict[str, Any]:
    return {name: said for name, said in FILE.items() if name not in names}


@pytest.mark.parametrize(
    ("outcome", "left_out", "missing"),
    [
        ("done", "proof", ["proof"]),
        ("done", "knowledge", ["knowledge"]),
        ("done_alt", "tools", ["tools"]),
        ("partly", "received", ["received"]),
        ("transferred_closed", "received", ["received"]),
    ],
)
def test_what_is_missing_is_named(
    outcome: str, left_out: str, missing: list[str], team: Team, desk: Caller
) -> None:
    """C-44, C-78, §2.7 items 3, 5, 8."""
    case = team.called_back()
    body = {"outcome": outcome, "file": without(left_out)}

    status, problem = refused(desk, team, case, "close", body)

    assert (status, problem["code"]) == (422, "cases.closing_incomplete")
    assert problem["params"] == {"missing": missing}


@pytest.mark.parametrize("outcome", ["done", "done_alt", "partly", "withdrawn", "unresolved"])
def test_a_complete_file_closes(outcome: str, team: Team, desk: Caller) -> None:
    """C-44, §2.7: and what was said stays with the case."""
    case = team.called_back()

    shown = desk.post(
        f"cases/{case.id}/close", {"outcome": outcome, "file": FILE}, version=case.version
    ).json()

    assert (shown["state"], shown["outcome"]) == ("closed", outcome)
    assert shown["accountability"]["closing"] == FILE | {
        "value": "",
        "amount": None,
        "saved_days": None,
    }


def test_what_an_outcome_was_worth_is_counted(team: Team, desk: Caller) -> None:
    """C-10: yuan, certificate number and days saved, each a field of its own."""
    case = team.called_back()
    worth = {"amount": "6200.50", "saved_days": 12, "value": "不用再跑"}

    shown = desk.post(
        f"cases/{case.id}/close",
        {"outcome": "done", "file": FILE | worth},
        version=case.version,
    ).json()

    assert shown["accountability"]["closing"] == FILE | worth
    again = desk.get(f"cases/{case.id}").json()["accountability"]["closing"]
    assert again["amount"] == "6200.50"


@pytest.mark.parametrize("wrong", [{"amount": "-1"}, {"amount": "很多"}, {"saved_days": 0}])
def test_what_it_was_worth_is_a_number(wrong: dict[str, Any], team: Team, desk: Caller) -> None:
    """C-10: nothing is closed with a sum that nobody can add up."""
    case = team.called_back()

    status, problem = refused(desk, team, case, "close", {"outcome": "done", "file": FILE | wrong})

    assert (status, problem["code"]) == (422, "invalid")


def test_what_the_department_said_is_not_asked_again(team: Team, desk: Caller) -> None:
    """C-78: the reply already named the paper and the tool."""
    case = team.in_progress()
    handler = caller_for(team.ref, team.handler)
    reply = {
        "answer": "已更正",
        "solved": "yes",
        "outcome": "done_alt",
        "proof": "证字 0002",
        "tools": ["commitment"],
    }
    body = handler.post(f"cases/{case.id}/reply", reply, version=case.version).json()

    shown = desk.get(f"cases/{case.id}/closing-checklist").json()

    assert body["accountability"]["closing"]["proof"] == "证字 0002"
    assert shown["outcome"] == "done_alt"
    states = {one["item"]: one["state"] for one in shown["items"]}
    assert (
        states.items()
        >= {
            "outcome": "done",
            "delivered": "missing",
            "proof": "done",
            "tools": "done",
            "explained": "not_needed",
            "received": "not_needed",
            "callback": "missing",
            "knowledge": "missing",
        }.items()
    )


def test_nobody_is_out_of_reach_after_one_try(team: Team, desk: Caller) -> None:
    """C-09, §2.7 item 6: three tries on different half days; two on one morning are one."""
    with frozen(MONDAY):
        case = team.delivered()
    tries = [MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=5)]
    for moment in tries:
        with frozen(moment), hall(team.ref):
            case = answering.call_back(
                case_id=case.id, version=case.version, given=Callback("unreachable"), by=team.lead
            )
    ending = {"outcome": "unreachable", "file": {"knowledge": "no"}}

    status, problem = refused(desk, team, case, "close", ending)
    with frozen(MONDAY + timedelta(days=1)), hall(team.ref):
        case = answering.call_back(
            case_id=case.id, version=case.version, given=Callback("unreachable"), by=team.lead
        )
    closed = desk.post(f"cases/{case.id}/close", ending, version=case.version)

    assert (status, problem["params"]) == (422, {"missing": ["callback"]})
    assert (closed.status_code, closed.json()["outcome"]) == (200, "unreachable")


def test_a_clerk_closes_on_the_spot_with_proof(team: Team) -> None:
    """C-15, §2.7: no callback where the person stands, but the paper's number."""
    case = team.triaged()
    spot = {"method": "spoken_signed", "text": "当面交付"}
    clerk = caller_for(team.ref, team.clerk)

    status, problem = refused(clerk, team, case, "close", {"outcome": "done", "on_spot": spot})
    closed = clerk.post(
        f"cases/{case.id}/close",
        {"outcome": "done", "on_spot": spot, "file": FILE},
        version=case.version,
    )

    assert (status, problem["params"]) == (422, {"missing": ["proof", "knowledge"]})
    assert closed.json()["state"] == "closed"


def test_an_unknown_tool_is_bad_input(team: Team, desk: Caller) -> None:
    """C-78."""
    body = {"outcome": "done", "file": FILE | {"tools": ["magic"]}}

    status, problem = refused(desk, team, team.called_back(), "close", body)

    assert (status, problem["code"]) == (422, "invalid")


def again(team: Team, case: Case) -> Any:
    return caller_for(team.ref, team.desk).post(
        f"cases/{case.id}/reopen", {"reason": "问题又出现了"}, version=case.version
    )


def ended(team: Team, case: Case, answer: Any) -> Case:
    """Closed once more on the spot."""
    case.version = answer.json()["version"]
    body = {
        "outcome": "done",
        "on_spot": {"method": "sms", "text": "已办好"},
        "file": FILE,
    }
    closed = caller_for(team.ref, team.lead).post(
        f"cases/{case.id}/close", body, version=case.version
    )
    assert closed.status_code == 200, closed.content
    case.version = closed.json()["version"]
    return case


def test_the_third_reopening_goes_up(team: Team, desk: Caller) -> None:
    """C-68, §2.3 提级: escalated, the dispatch reserved to arbiters; there is no fourth."""
    case = team.closed()
    for _ in range(2):
        case = ended(team, case, again(team, case))

    third = again(team, case)
    case.version = third.json()["version"]
    reserved = refused(desk, team, case, "dispatch", {"lead_unit": team.unit})
    case = ended(team, case, third)
    fourth = refused(desk, team, case, "reopen", {"reason": "x"})

    assert (third.json()["accountability"]["escalated"], third.json()["reopen_count"]) == (True, 3)
    assert reserved[1]["code"] == "cases.reserved_to_arbiter"
    assert (fourth[0], fourth[1]["code"]) == (409, "cases.reopen_limit")


def test_the_day_it_was_closed_on_is_counted_anew(
    street: HallRef, django_capture_on_commit_callbacks: Any
) -> None:
    """M-09: a reopened case leaves the figures of the day on which it had been closed."""
    team = Team(street)
    yesterday = clock.now() - timedelta(days=1)
    with frozen(yesterday):
        case = team.closed()
    marks.take(10_000)

    with django_capture_on_commit_callbacks(execute=True):
        again(team, case)

    days = {day for hall_id, day in marks.take(10_000) if hall_id == street.id}
    assert clock.day_of(yesterday) in days
