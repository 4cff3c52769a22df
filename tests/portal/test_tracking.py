"""A citizen follows the own case without an account, and nobody else's."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.cases import tracking
from apps.cases.models import Case
from apps.cases.services import handling
from apps.portal import limits
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_buckets() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def code_of(case: Case, team: Team) -> str:
    with hall(team.ref):
        return tracking.first_code(case.id)


def track(ref: HallRef, number: str, code: str) -> Any:
    return Caller(ref).post("portal/track", {"number": number, "code": code}, key=None)


def test_number_and_code_open_the_page(team: Team) -> None:
    case = team.in_progress()

    answer = track(team.ref, case.number, code_of(case, team))

    assert answer.status_code == 200, answer.content
    page = answer.json()
    assert (page["number"], page["state"]) == (case.number, "in_progress")
    assert [(one["key"], one["done"], one["current"]) for one in page["steps"]] == [
        ("registered", True, False),
        ("triaged", True, False),
        ("dispatched", True, False),
        ("in_progress", True, False),
        ("replied", False, True),
        ("delivered", False, False),
        ("called_back", False, False),
        ("closed", False, False),
    ]
    assert page["responsible"]["name"] == team.clerk.name
    assert page["promised_on"] is not None
    cookie = answer.cookies["bancheng_track"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_the_page_opens_again_with_its_cookie_in_its_own_hall_only(
    team: Team, other_street: HallRef
) -> None:
    case = team.triaged()
    cookie = track(team.ref, case.number, code_of(case, team)).cookies["bancheng_track"].value

    again = Caller(team.ref).get("portal/track", Cookie=f"bancheng_track={cookie}")
    elsewhere = Caller(other_street).get("portal/track", Cookie=f"bancheng_track={cookie}")
    without = Caller(team.ref).get("portal/track")

    assert again.json()["number"] == case.number
    for answer in (elsewhere, without):
        assert (answer.status_code, answer.json()["code"]) == (404, "portal.not_found")


def test_an_answer_is_shown_once_it_was_delivered(team: Team) -> None:
    case = team.reviewed()
    before = track(team.ref, case.number, code_of(case, team)).json()

    delivered = team.deliver(case)
    after = track(team.ref, delivered.number, code_of(case, team)).json()

    assert "answer" not in before
    assert (after["answer"], after["outcome"]) == ("可以来领证了。", "done")


def test_a_refusal_tells_basis_and_remedies_but_no_names(team: Team) -> None:
    case = team.deliver(team.refused())

    page = track(team.ref, case.number, code_of(case, team))

    remedy = page.json()["remedy"]
    assert (remedy["review_body"], remedy["review_days"]) == ("区人民政府", 60)
    assert page.json()["outcome"] == "explained"
    assert str(team.lead.post_id) not in page.content.decode()


def test_inner_notes_and_the_person_stay_inside(team: Team) -> None:
    case = team.in_progress()
    with hall(team.ref):
        handling.contact(
            case_id=case.id,
            version=case.version,
            method="phone",
            result="reached",
            note="内部备注",
            by=team.handler,
        )

    page = track(team.ref, case.number, code_of(case, team)).content.decode()

    assert "内部备注" not in page
    assert "林" not in page


def test_wrong_code_and_unknown_number_get_one_answer(team: Team) -> None:
    case = team.triaged()
    wrong = f"{(int(code_of(case, team)) + 1) % 1_000_000:06d}"

    answers = [
        track(team.ref, case.number, wrong),
        track(team.ref, "BCS-20200101-0001", code_of(case, team)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert "bancheng_track" not in answers[0].cookies


def test_another_halls_number_is_unknown(team: Team, other_street: HallRef) -> None:
    case = team.triaged()

    answer = track(other_street, case.number, code_of(case, team))

    assert (answer.status_code, answer.json()["code"]) == (404, "portal.not_found")


def test_guessing_ends_after_ten_tries_even_with_the_right_code(team: Team) -> None:
    case = team.triaged()
    wrong = f"{(int(code_of(case, team)) + 1) % 1_000_000:06d}"
    for _ in range(limits.PER_NUMBER):
        track(team.ref, case.number, wrong)

    answer = track(team.ref, case.number, code_of(case, team))

    assert (answer.status_code, answer.json()["code"]) == (429, "portal.too_often")
    assert int(answer["Retry-After"]) > 0


def test_a_nonsense_number_is_not_looked_up(team: Team) -> None:
    answer = track(team.ref, "1 OR 1=1", "123456")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
