"""Nobody says no alone (C-26): basis, explanation, remedies, another person's approval."""

from dataclasses import replace

import pytest

from apps.cases.errors import ApproverNotAllowed, NoVeto
from apps.cases.models import Case
from apps.cases.rules import Outcome
from apps.cases.services import handling, refusing
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def state_of(case: Case, team: Team) -> tuple[str, int]:
    with hall(team.ref):
        row = Case.objects.get(id=case.id)
        return row.state, row.version


def test_a_reply_that_says_no_does_not_pass_review(team: Team) -> None:
    case = team.replied(Outcome.EXPLAINED)

    with hall(team.ref), pytest.raises(NoVeto):
        handling.review(
            case_id=case.id, version=case.version, decision="pass", note="", by=team.desk
        )

    assert state_of(case, team) == ("replied", case.version)


@pytest.mark.parametrize("who", ["proposer", "handler", "unknown"])
def test_the_approver_is_somebody_else_who_may(who: str, team: Team) -> None:
    proposer = people.staff_in(team.ref, Role.DESK_OFFICER, Role.SHIFT_LEAD)
    approver = {
        "proposer": proposer.post_id,
        "handler": team.handler.post_id,
        "unknown": team.unit,
    }[who]
    assert approver is not None
    case = team.triaged()
    proposal = replace(team.proposal(), approver=approver)

    with hall(team.ref), pytest.raises(ApproverNotAllowed):
        refusing.propose(case_id=case.id, version=case.version, proposal=proposal, by=proposer)

    assert state_of(case, team) == ("triaged", case.version)


def test_only_the_one_who_was_asked_approves(team: Team) -> None:
    case = team.refusal_proposed()
    other = people.staff_in(team.ref, Role.HALL_ADMIN)
    body = {"decision": "approve"}

    wrong = caller_for(team.ref, other).post(
        f"cases/{case.id}/refusal-approval", body, version=case.version
    )
    asked = caller_for(team.ref, team.lead).post(
        f"cases/{case.id}/refusal-approval", body, version=case.version
    )

    assert (wrong.status_code, wrong.json()["code"]) == (403, "cases.not_your_approval")
    assert (asked.status_code, asked.json()["state"]) == (200, "refused")


def test_a_rejected_refusal_goes_back_to_triage_with_a_new_clock(team: Team) -> None:
    case = team.refusal_proposed()

    with hall(team.ref):
        back = refusing.decide(
            case_id=case.id, version=case.version, decision="reject", note="能办", by=team.lead
        )
        running = set(back.deadlines.filter(ended="").values_list("stage", flat=True))

    assert (back.state, back.refusal, running) == ("triaged", None, {"dispatch"})


def test_a_refused_matter_ends_explained_and_not_as_solved(team: Team) -> None:
    case = team.deliver(team.refused())
    lead = caller_for(team.ref, team.lead)
    called = lead.post(f"cases/{case.id}/callback", {"result": "unsolved"}, version=case.version)
    version = called.json()["version"]

    done = lead.post(f"cases/{case.id}/close", {"outcome": "done"}, version=version)
    ending = {"outcome": "explained", "file": {"knowledge": "no"}}
    explained = lead.post(f"cases/{case.id}/close", ending, version=version)

    assert (done.status_code, done.json()["code"]) == (422, "cases.outcome_not_allowed")
    assert (explained.status_code, explained.json()["outcome"]) == (200, "explained")


def test_no_refusal_closes_as_explained_without_approval(team: Team) -> None:
    case = team.called_back()

    answer = caller_for(team.ref, team.desk).post(
        f"cases/{case.id}/close", {"outcome": "explained"}, version=case.version
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "cases.outcome_not_allowed")
    assert state_of(case, team) == ("called_back", case.version)
