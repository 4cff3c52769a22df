"""A citizen writes to the handler from the page of the own case (peers.md §8 item 9)."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.cases import tracking
from apps.cases.models import Case, CaseEvent
from apps.cases.services import handling, pausing
from apps.cases.services.handling import Spoken
from apps.cases.services.pausing import NewPause
from apps.notices.models import Notice
from apps.portal import limits
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller

pytestmark = pytest.mark.django_db
WORDS = {"text": "材料已补，请继续办理。"}


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


def paused(team: Team, reason: str) -> Case:
    case = team.in_progress()
    with hall(team.ref):
        given = NewPause(reason, "sms", "缺公示结果页")
        return pausing.pause(case_id=case.id, version=case.version, given=given, by=team.handler)


def kinds(team: Team, case: Case) -> list[str]:
    with hall(team.ref):
        rows = CaseEvent.objects.filter(case=case).order_by("seq")
        return list(rows.values_list("kind", flat=True))


def waits(team: Team, case: Case) -> bool:
    with hall(team.ref):
        return Case.objects.get(id=case.id).resume_at is not None


def test_the_answer_restarts_the_clock_and_reaches_the_handler(team: Team) -> None:
    """peers.md §8 item 9: an answer on the page restarts the clock, once."""
    case = paused(team, "applicant_material")
    page, cookie = opened(team, case)

    sent = Caller(team.ref).post("portal/answer", WORDS, key=None, Cookie=cookie).json()

    assert (page["words"]["open"], page["words"]["awaited"]) == (True, True)
    assert (sent["words"]["awaited"], sent["paused"]) == (False, None)
    assert sent["words"]["last_at"] is not None
    assert kinds(team, case)[-2:] == ["resume", "citizen_answered"]
    with hall(team.ref):
        last = CaseEvent.objects.filter(case=case).order_by("-seq")[0]
        told = set(
            Notice.objects.filter(kind="cases.citizen_answered").values_list("post", flat=True)
        )
    assert (last.note, last.actor_name, last.actor_post) == (WORDS["text"], "", None)
    assert team.handler.post_id in told


def test_what_waits_for_a_court_waits_on(team: Team) -> None:
    """peers.md §8 item 9: the words are kept, the clock stands still."""
    case = paused(team, "court")
    _, cookie = opened(team, case)

    Caller(team.ref).post("portal/answer", WORDS, key=None, Cookie=cookie)

    assert kinds(team, case)[-2:] == ["pause", "citizen_answered"]
    assert waits(team, case)


def test_a_closed_case_refers_to_the_desk(team: Team) -> None:
    """peers.md §8 item 9: nothing is written where nobody reads."""
    case = team.closed()
    page, cookie = opened(team, case)
    before = kinds(team, case)

    answer = Caller(team.ref).post("portal/answer", WORDS, key=None, Cookie=cookie)

    assert page["words"]["open"] is False
    assert (answer.status_code, answer.json()["code"]) == (409, "cases.step_not_allowed")
    assert kinds(team, case) == before


def test_without_the_page_or_at_another_hall_nothing_is_heard(
    team: Team, other_street: HallRef
) -> None:
    """No cookie, a forged one, another hall's, no words: nothing changes."""
    case = team.in_progress()
    _, cookie = opened(team, case)
    before = kinds(team, case)

    answers = [
        Caller(team.ref).post("portal/answer", WORDS, key=None),
        Caller(team.ref).post("portal/answer", WORDS, key=None, Cookie="bancheng_track=x"),
        Caller(other_street).post("portal/answer", WORDS, key=None, Cookie=cookie),
    ]
    empty = Caller(team.ref).post("portal/answer", {"text": " "}, key=None, Cookie=cookie)

    assert {(one.status_code, one.json()["code"]) for one in answers} == {(404, "portal.not_found")}
    assert empty.status_code == 422
    assert kinds(team, case) == before


def test_six_messages_a_quarter_of_an_hour_are_enough(team: Team) -> None:
    """security.md: what anybody may send is limited; the seventh changes nothing."""
    case = team.in_progress()
    _, cookie = opened(team, case)

    answers = [
        Caller(team.ref).post("portal/answer", WORDS, key=None, Cookie=cookie) for _ in range(7)
    ]

    assert [one.status_code for one in answers] == [200] * 6 + [429]
    assert answers[-1].json()["code"] == "portal.too_often"
    assert kinds(team, case).count("citizen_answered") == 6


@pytest.mark.parametrize(
    ("result", "answered", "stands"),
    [("reached", True, False), ("reached", False, True), ("no_answer", True, True)],
)
def test_the_telephone_restarts_it_too(
    team: Team, result: str, answered: bool, stands: bool
) -> None:
    """peers.md §8 item 9: any channel; only who was reached can have answered."""
    case = paused(team, "applicant_material")

    with hall(team.ref):
        handling.contact(
            case_id=case.id,
            version=case.version,
            method="phone",
            result=result,
            note="已说明",
            by=team.handler,
            spoken=Spoken(answered=answered),
        )

    assert waits(team, case) is stands
