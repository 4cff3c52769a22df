"""Internal re-examination (C-60): in time, once, by somebody who had no part in the result."""

from datetime import datetime
from typing import Any

import pytest

from apps.cases.models import Case, Deadline
from apps.cases.services import appealing
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db
GROUNDS = {"grounds": "验资报告已补，应当受理。"}
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


@pytest.fixture
def examiner(team: Team) -> Actor:
    return people.staff_in(team.ref, Role.SUPERVISOR)


def appealed(team: Team, case: Case) -> Case:
    answer = caller_for(team.ref, team.clerk).post(
        f"cases/{case.id}/appeal", GROUNDS, version=case.version
    )
    assert answer.status_code == 200, answer.content
    case.version = answer.json()["version"]
    return case


def decide(team: Team, case: Case, by: Actor, decision: str) -> Any:
    body = {"decision": decision, "note": "复查意见"}
    return caller_for(team.ref, by).post(
        f"cases/{case.id}/appeal-answer", body, version=case.version
    )


def test_a_result_is_upheld_by_somebody_else(team: Team, examiner: Actor) -> None:
    """C-60: the case stays where it is, the clock of five working days has ended."""
    with frozen(MONDAY):
        case = appealed(team, team.closed())
        with hall(team.ref):
            due = Deadline.objects.get(case=case, stage="appeal", ended="")
        shown = decide(team, case, examiner, "uphold").json()

    assert due.due_on.isoformat() == "2026-03-09"
    assert (shown["state"], shown["outcome"]) == ("closed", "done")
    last = shown["timeline"][-1]
    assert (last["kind"], last["data"]["decision"]) == ("appeal-answer", "uphold")
    assert shown["accountability"]["requests"] == []


def test_a_changed_result_begins_again(team: Team, examiner: Actor) -> None:
    """C-60: without counting as a reopening."""
    case = appealed(team, team.deliver(team.refused()))

    shown = decide(team, case, examiner, "change").json()

    assert (shown["state"], shown["refusal"], shown["delivered_at"]) == ("triaged", None, None)
    assert (shown["reopen_count"], shown["outcome"]) == (0, None)
    with hall(team.ref):
        stages = Deadline.objects.filter(case=case, ended="").values_list("stage", flat=True)
        assert list(stages) == ["dispatch"]


def test_who_took_part_does_not_examine(team: Team) -> None:
    """C-60: the shift lead approved the refusal."""
    case = appealed(team, team.deliver(team.refused()))
    body = {"decision": "uphold", "note": "x"}

    status, problem = refused(caller_for(team.ref, team.lead), team, case, "appeal-answer", body)

    assert (status, problem["code"]) == (403, "cases.not_independent")


def test_a_desk_officer_does_not_examine(team: Team) -> None:
    """C-60."""
    case = appealed(team, team.closed())
    officer = caller_for(team.ref, people.staff_in(team.ref, Role.DESK_OFFICER))

    status, _ = refused(officer, team, case, "appeal-answer", {"decision": "uphold", "note": "x"})

    assert status == 403


def test_ten_working_days_and_no_longer(team: Team) -> None:
    """C-60, §3.9: delivered Monday 03-02, so until Monday 03-16 (by hand)."""
    with frozen(MONDAY):
        case, other = team.closed(), team.closed()
    clerk = caller_for(team.ref, team.clerk)

    with frozen(datetime(2026, 3, 16, 16, 0, tzinfo=ZONE)):
        on_time = clerk.post(f"cases/{case.id}/appeal", GROUNDS, version=case.version)
    with frozen(datetime(2026, 3, 17, 9, 0, tzinfo=ZONE)):
        status, problem = refused(clerk, team, other, "appeal", GROUNDS)

    assert on_time.status_code == 200
    assert (status, problem["code"]) == (409, "cases.appeal_too_late")
    assert problem["params"] == {"until": "2026-03-16"}


def test_one_at_a_time_and_once(team: Team, examiner: Actor) -> None:
    """C-60, §2.5 (济南 25): the same result is not examined a second time."""
    case = appealed(team, team.closed())
    clerk = caller_for(team.ref, team.clerk)

    pending = refused(clerk, team, case, "appeal", GROUNDS)
    case.version = decide(team, case, examiner, "uphold").json()["version"]
    again = refused(clerk, team, case, "appeal", GROUNDS)

    assert (pending[0], pending[1]["code"]) == (409, "cases.appeal_pending")
    assert (again[0], again[1]["code"]) == (409, "cases.appeal_limit")


def test_the_citizen_asks_without_an_account(team: Team) -> None:
    """C-60: history names no citizen."""
    case = team.closed()
    citizen = Actor(kind="citizen", name="citizen")

    with hall(team.ref):
        appealing.appeal_by_citizen(case_id=case.id, grounds="请再看一次", by=citizen)
        last = case.events.order_by("-seq")[0]

    assert (last.kind, last.note, last.actor_name, last.actor_unit) == (
        "appeal",
        "请再看一次",
        "",
        "",
    )


def test_a_case_does_not_begin_again_while_the_person_waits(team: Team, examiner: Actor) -> None:
    """C-60: beginning again would drop what was asked; the examiner answers first, and then the
    desk may."""
    case = appealed(team, team.closed())
    desk = caller_for(team.ref, team.desk)

    status, problem = refused(desk, team, case, "reopen", {"reason": "另有新情况"})
    steps = desk.get(f"cases/{case.id}").json()["allowed_steps"]
    case.version = decide(team, case, examiner, "uphold").json()["version"]
    again = desk.post(f"cases/{case.id}/reopen", {"reason": "另有新情况"}, version=case.version)

    assert (status, problem["code"]) == (409, "cases.appeal_pending")
    assert "reopen" not in steps
    assert (again.status_code, again.json()["state"]) == (200, "triaged")
