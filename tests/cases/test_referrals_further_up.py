"""Street to district to city and all the way back; the citizen's page follows."""

import pytest

from apps.cases import tracking
from apps.cases.models import Case
from apps.cases.rules import Outcome
from apps.cases.services import closing, handling
from apps.cases.services.closing import OnSpot
from apps.cases.services.handling import Reply
from apps.portal import limits
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import Caller
from tests.support.referrals import accept, hear, read_again, refer

pytestmark = pytest.mark.django_db


def answered(team: Team, case: Case, text: str = "待遇已恢复。") -> Case:
    """From dispatch to delivery."""
    case = team.dispatch(case)
    with hall(team.ref):
        case = handling.sign(case_id=case.id, version=case.version, by=team.handler)
        case = handling.contact(
            case_id=case.id,
            version=case.version,
            method="phone",
            result="reached",
            note="内部备注",
            by=team.handler,
        )
        case = handling.reply(
            case_id=case.id,
            version=case.version,
            given=Reply(text, "yes", Outcome.DONE),
            by=team.handler,
        )
        case = handling.review(
            case_id=case.id, version=case.version, decision="pass", note="", by=team.desk
        )
    return team.deliver(case)


def test_an_answer_comes_back_through_every_hall(
    street: HallRef, district: HallRef, city: HallRef
) -> None:
    low, middle, high = Team(street), Team(district), Team(city)
    first = low.triaged()
    second = accept(middle, refer(low, first))
    third = accept(high, refer(middle, second))
    hear(street, district, city)

    answered(high, third)
    hear(street, district, city)

    for team, case in ((low, first), (middle, second)):
        found = read_again(team, case)
        assert (found.state, found.answer, found.referral["out"]["state"]) == (
            "delivered",
            "可以来领证了。",
            "answered",
        )


def test_closing_above_closes_below_with_the_same_outcome(
    street: HallRef, district: HallRef
) -> None:
    low, high = Team(street), Team(district)
    first = low.triaged()
    second = accept(high, refer(low, first))

    high.close(second, Outcome.DONE_ALT, OnSpot("spoken_signed", "当场办结"))
    hear(street, district)

    found = read_again(low, first)
    assert (found.state, found.outcome, found.answer, found.due_at) == (
        "closed",
        "done_alt",
        "当场办结",
        None,
    )
    assert found.letter_live is False


def test_reopening_above_does_not_undo_what_was_closed_below(
    street: HallRef, district: HallRef
) -> None:
    low, high = Team(street), Team(district)
    first = low.triaged()
    second = accept(high, refer(low, first))
    closed = high.close(second, Outcome.DONE, OnSpot("sms", "已办好"))
    hear(street, district)
    with hall(district):
        closing.reopen(case_id=closed.id, version=closed.version, reason="又停发了", by=high.desk)
    hear(street, district)

    assert read_again(low, first).state == "closed"


def test_the_citizens_page_follows_the_referral_without_inner_notes(
    street: HallRef, district: HallRef
) -> None:
    limits.forget()
    low, high = Team(street), Team(district)
    first = low.triaged()
    second = accept(high, refer(low, first))
    answered(high, second)
    hear(street, district)
    with hall(street):
        code = tracking.first_code(first.id)

    answer = Caller(street).post("portal/track", {"number": first.number, "code": code}, key=None)

    page = answer.json()
    assert [(step["key"], step["unit"]) for step in page["steps"][2:6]] == [
        ("referred", district.name),
        ("referral_accepted", district.name),
        ("in_progress", district.name),
        ("referral_answered", district.name),
    ]
    assert all(step["done"] for step in page["steps"][:6])
    assert (page["state"], page["answer"]) == ("delivered", "可以来领证了。")
    assert page["promised_on"] is not None
    assert "内部备注" not in answer.content.decode()
    limits.forget()
