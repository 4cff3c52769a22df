"""C-38: one act on many cases; each is done or refused for itself, nothing is half done, and what
was interrupted goes on."""

from typing import Any
from uuid import uuid4

import pytest

from apps.cases.models import Case, CaseEvent
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def seen(*cases: Case) -> list[dict[str, Any]]:
    return [{"case": case.id, "version": case.version} for case in cases]


def do(caller: Caller, act: str, *cases: Case, key: str = "fresh", **said: Any) -> Any:
    return caller.post("ledger/bulk", {"act": act, "cases": seen(*cases), **said}, key=key)


def outcomes(answer: Any) -> list[tuple[str, str | None]]:
    assert answer.status_code == 200, answer.content
    return [(row["result"], row["code"]) for row in answer.json()["results"]]


def lines(team: Team, case: Case, kind: str) -> list[str]:
    with hall(team.ref):
        rows = CaseEvent.objects.filter(case=case, kind=kind).order_by("seq")
        return list(rows.values_list("note", flat=True))


def test_each_is_urged_by_its_own_service_and_a_refusal_stops_none(
    team: Team, desk: Caller
) -> None:
    first, closed, last = team.dispatched(), team.closed(), team.dispatched()

    answer = do(desk, "urge", first, closed, last, text="请抓紧办理")

    assert outcomes(answer) == [
        ("done", None),
        ("refused", "oversight.case_is_over"),
        ("done", None),
    ]
    assert lines(team, first, "oversight.urge") == ["请抓紧办理"]
    assert lines(team, closed, "oversight.urge") == []
    assert lines(team, last, "oversight.urge") == ["请抓紧办理"]


def test_sent_again_it_does_nothing_twice_and_goes_on(team: Team, desk: Caller) -> None:
    """The connection broke after the first half: the same key with what was left, then with all."""
    first, second = team.dispatched(), team.dispatched()

    half = do(desk, "remark", first, key="month-end", text="月底核对")
    whole = do(desk, "remark", first, second, key="month-end", text="月底核对")

    assert outcomes(half) == [("done", None)]
    assert outcomes(whole) == [("done", None), ("done", None)]
    assert lines(team, first, "ledger.remarked") == ["月底核对"]
    assert lines(team, second, "ledger.remarked") == ["月底核对"]


def test_what_moved_meanwhile_is_refused_for_itself(team: Team, desk: Caller) -> None:
    case = team.registered()
    stale = Case(id=case.id, version=case.version)
    team.triage(case)

    answer = do(desk, "remark", stale, text="x")

    assert outcomes(answer) == [("refused", "stale_version")]
    assert answer.json()["results"][0]["params"] == {"current": 2}
    assert lines(team, case, "ledger.remarked") == []


def test_handing_over_waits_for_the_other_in_each_case(team: Team) -> None:
    """C-61: nothing changes until they say yes; not one's own cases are refused."""
    clerk = caller_for(team.ref, team.clerk)
    mine = team.registered()
    officer = staff_in(team.ref, Role.DESK_OFFICER)
    with hall(team.ref):
        other = team.registered()
        Case.objects.filter(id=other.id).update(first_responder_post=officer.post_id)

    answer = do(clerk, "hand_over", mine, other, text="轮岗", to_post=str(officer.post_id))

    assert outcomes(answer) == [("done", None), ("refused", "cases.not_yours")]
    with hall(team.ref):
        assert Case.objects.get(id=mine.id).first_responder_post == team.clerk.post_id


def test_only_what_is_closed_goes_to_the_archive_and_only_once(team: Team, desk: Caller) -> None:
    running, closed = team.dispatched(), team.closed()

    answer = do(desk, "archive", running, closed, text="2026-3")
    with hall(team.ref):
        again = do(desk, "archive", Case.objects.get(id=closed.id))

    assert outcomes(answer) == [("refused", "ledger.not_closed"), ("done", None)]
    assert outcomes(again) == [("refused", "ledger.archived_already")]
    assert len(lines(team, closed, "ledger.archived")) == 1


def test_one_of_another_hall_is_unknown_among_the_others(
    team: Team, desk: Caller, other_street: HallRef
) -> None:
    foreign, mine = Team(other_street).registered(), team.registered()

    answer = do(desk, "remark", foreign, mine, text="x")

    assert outcomes(answer) == [("refused", "not_found"), ("done", None)]


def test_a_clerk_urges_nobody_and_a_handler_acts_on_none(team: Team) -> None:
    case = team.dispatched()
    clerk, handler = caller_for(team.ref, team.clerk), caller_for(team.ref, team.handler)

    assert outcomes(do(clerk, "urge", case, text="x")) == [("refused", "forbidden")]
    assert do(handler, "remark", case, text="x").status_code == 403
    assert lines(team, case, "oversight.urge") == []


def test_a_chunk_has_an_end_and_an_act_its_words(team: Team, desk: Caller) -> None:
    case = team.registered()
    many = [{"case": str(uuid4()), "version": 1} for _ in range(26)]

    too_many = desk.post("ledger/bulk", {"act": "remark", "text": "x", "cases": many})

    assert too_many.status_code == 422
    assert outcomes(do(desk, "remark", case)) == [("refused", "invalid")]
    assert desk.post("ledger/bulk", {"act": "delete", "cases": seen(case)}).status_code == 422


def test_a_remark_is_no_action_on_a_case(team: Team, desk: Caller) -> None:
    """C-90: writing beside a case does not make it move."""
    from apps.cases.timekeeping.watching import PASSIVE

    assert "ledger.remarked" in PASSIVE
