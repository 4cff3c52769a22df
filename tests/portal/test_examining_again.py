"""A citizen asks the hall to examine its result again, from the page of the own case (C-60)."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.cases import tracking
from apps.cases.models import Case, CaseEvent
from apps.portal import limits
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller

pytestmark = pytest.mark.django_db
GROUNDS = {"grounds": "验资报告已补，应当受理。"}


@pytest.fixture(autouse=True)
def _empty_buckets() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def opened(team: Team, case: Case) -> tuple[Any, str]:
    """The page, and the cookie that opens it again."""
    with hall(team.ref):
        code = tracking.first_code(case.id)
    given = {"number": case.number, "code": code}
    answer = Caller(team.ref).post("portal/track", given, key=None)
    return answer.json(), f"bancheng_track={answer.cookies['bancheng_track'].value}"


def lines(team: Team, case: Case) -> int:
    with hall(team.ref):
        return CaseEvent.objects.filter(case=case).count()


def test_the_page_tells_until_when_and_takes_the_request(team: Team) -> None:
    """C-60: the remedies stand with their days, and the request is pending at once."""
    case = team.deliver(team.refused())
    page, cookie = opened(team, case)

    sent = Caller(team.ref).post("portal/appeal", GROUNDS, key=None, Cookie=cookie).json()

    assert page["appeal"]["state"] == "open"
    assert set(page["remedy"]["dates"]) == {
        "notified_on",
        "reexamination_until",
        "review_until",
        "suit_until",
    }
    assert page["appeal"]["until"] == page["remedy"]["dates"]["reexamination_until"]
    assert sent["appeal"]["state"] == "pending"
    with hall(team.ref):
        last = CaseEvent.objects.filter(case=case).order_by("-seq")[0]
    assert (last.kind, last.note, last.actor_name) == ("appeal", GROUNDS["grounds"], "")


def test_twice_is_refused_and_changes_nothing(team: Team) -> None:
    """C-60."""
    case = team.closed()
    _, cookie = opened(team, case)
    Caller(team.ref).post("portal/appeal", GROUNDS, key=None, Cookie=cookie)
    before = lines(team, case)

    again = Caller(team.ref).post("portal/appeal", GROUNDS, key=None, Cookie=cookie)

    assert (again.status_code, again.json()["code"]) == (409, "cases.appeal_pending")
    assert lines(team, case) == before


def test_before_there_is_a_result_nothing_can_be_examined(team: Team) -> None:
    """C-60."""
    case = team.in_progress()
    page, cookie = opened(team, case)
    before = lines(team, case)

    answer = Caller(team.ref).post("portal/appeal", GROUNDS, key=None, Cookie=cookie)

    assert "appeal" not in page
    assert (answer.status_code, answer.json()["code"]) == (409, "cases.step_not_allowed")
    assert lines(team, case) == before


def test_without_the_page_or_at_another_hall_there_is_nothing(
    team: Team, other_street: HallRef
) -> None:
    """C-60: no cookie, a forged one, another hall's: one answer."""
    case = team.closed()
    _, cookie = opened(team, case)
    before = lines(team, case)

    answers = [
        Caller(team.ref).post("portal/appeal", GROUNDS, key=None),
        Caller(team.ref).post("portal/appeal", GROUNDS, key=None, Cookie="bancheng_track=x"),
        Caller(other_street).post("portal/appeal", GROUNDS, key=None, Cookie=cookie),
    ]

    assert {(one.status_code, one.json()["code"]) for one in answers} == {(404, "portal.not_found")}
    assert lines(team, case) == before
