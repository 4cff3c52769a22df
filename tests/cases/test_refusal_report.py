"""A refusal is reported before it is given: basis, plain words, what would make it possible,
who handled it, dates of the remedies (domain.md §2.6, §3.9)."""

from datetime import datetime
from typing import Any

import pytest

from apps.cases.models import Case
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.catalogue import BASIS, regulations_of
from tests.support.clients import Caller, caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    regulations_of(street)
    return Team(street)


@pytest.fixture
def desk(team: Team) -> Caller:
    return caller_for(team.ref, team.desk)


def report(team: Team, **changes: Any) -> dict[str, Any]:
    return {
        "legal_basis": BASIS.code,
        "explanation": "注册资本不到规定的数额，增资后可以再来申请。",
        "approver": str(team.lead.post_id),
        "remedy": {"review_body": "青禾区人民政府", "litigation_court": "青禾区人民法院"},
        "materials_needed": "增资后的验资报告",
        "act": "not_permitted",
        "handler_title": "科员",
    } | changes


def test_the_report_holds_all_that_the_form_asks(team: Team, desk: Caller) -> None:
    """C-11, §2.6: the article in its own words, the handler and the organ filled in."""
    case = team.replied()

    shown = desk.post(f"cases/{case.id}/refusal", report(team), version=case.version).json()

    refusal = shown["refusal"]
    assert refusal["basis_title"] == "中华人民共和国行政许可法 第三十八条"
    assert refusal["basis_text"] == BASIS.text
    assert (refusal["organ"], refusal["act"]) == ("民政科", "not_permitted")
    assert (refusal["handler"], refusal["handler_title"]) == (team.handler.name, "科员")
    assert refusal["materials_needed"] == "增资后的验资报告"
    assert (refusal["decision"], refusal["dates"]) == ("", None)


def test_an_article_nobody_knows_is_no_basis(team: Team, desk: Caller) -> None:
    """C-11: the basis is chosen from the network's regulations."""
    case = team.triaged()
    body = report(team, legal_basis="XKF-999")

    status, problem = refused(desk, team, case, "refusal", body)

    assert (status, problem["code"], problem["params"]) == (
        422,
        "cases.unknown_basis",
        {"code": "XKF-999"},
    )


@pytest.mark.parametrize(
    "words", ["不能办。", BASIS.text, f"{BASIS.text}对不起。", BASIS.text[:30]]
)
def test_the_statute_again_is_no_explanation(words: str, team: Team, desk: Caller) -> None:
    """C-87: in plain words, of some length, and not the article repeated."""
    case = team.triaged()

    status, problem = refused(desk, team, case, "refusal", report(team, explanation=words))

    assert (status, problem["code"], problem["params"]) == (422, "cases.not_plain", {"least": 8})


def test_the_days_of_the_remedies_are_counted_from_the_delivery(team: Team) -> None:
    """C-60, C-11: by hand. Delivered Monday 2026-03-02: ten working days to Monday 03-16; 60 days
    to Friday 05-01, a holiday until 05-05, so Wednesday 05-06; six months to Wednesday 09-02."""
    with frozen(datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)):
        case = team.deliver(team.refused())

    assert case.refusal is not None
    assert case.refusal["dates"] == {
        "notified_on": "2026-03-02",
        "reexamination_until": "2026-03-16",
        "review_until": "2026-05-06",
        "suit_until": "2026-09-02",
    }


def test_returned_materials_are_receipted(team: Team, desk: Caller) -> None:
    """§2.6: 材料退还签收."""
    case = team.refused()
    body = {
        "method": "written",
        "text": "告知书已签收。",
        "materials_returned": "原件三份，本人签收",
    }

    shown = desk.post(f"cases/{case.id}/deliver", body, version=case.version).json()

    assert shown["refusal"]["materials_returned"] == "原件三份，本人签收"


def test_every_attempt_to_explain_is_kept(team: Team, desk: Caller) -> None:
    """C-87: clause, words, what was understood; the approver sees how often it was tried."""
    case = team.triaged()
    for understood in ("no", "partly"):
        said = {"legal_basis": BASIS.code, "words": "增资以后就能办。", "understood": understood}
        answer = desk.post(f"cases/{case.id}/explanation", said, version=case.version)
        assert answer.status_code == 200, answer.content
        case.version = answer.json()["version"]

    shown = desk.post(f"cases/{case.id}/refusal", report(team), version=case.version).json()

    tries = [line["data"] for line in shown["timeline"] if line["kind"] == "explanation"]
    assert [one["understood"] for one in tries] == ["no", "partly"]
    assert tries[0]["clause"] == "中华人民共和国行政许可法 第三十八条"
    assert shown["refusal"]["explained_times"] == 2


def test_an_explanation_needs_a_known_article(team: Team, desk: Caller) -> None:
    """C-87."""
    said = {"legal_basis": "nothing", "words": "x", "understood": "no"}

    status, problem = refused(desk, team, team.triaged(), "explanation", said)

    assert (status, problem["code"]) == (422, "cases.unknown_basis")


def test_a_unit_that_does_not_lead_explains_nothing(team: Team) -> None:
    """C-87: a department that does not see the case gets the answer of an unknown one."""
    case = team.triaged()
    said = {"legal_basis": BASIS.code, "words": "x", "understood": "no"}

    status, _ = refused(caller_for(team.ref, team.handler), team, case, "explanation", said)

    assert status == 404
    with hall(team.ref):
        assert Case.objects.get(id=case.id).version == case.version
