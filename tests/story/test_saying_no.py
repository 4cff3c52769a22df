"""Nobody says no alone (C-26): every lonely way is closed, the way of two with remedies is open."""

from typing import Any

from tests.story import script
from tests.story.cast import Company
from tests.support.visitors import code_of

Body = dict[str, Any]
NO = "不符合法定条件，无法办理。"


def _proposal(them: Company, **changes: object) -> Body:
    proposal: Body = {
        "legal_basis": "XKF-38",
        "explanation": NO,
        "approver": str(them.cast.posts["lead"]),
        "remedy": {"review_body": "青禾区人民政府", "litigation_court": "青禾区人民法院"},
    }
    kept = proposal | changes
    return {name: value for name, value in kept.items() if value is not None}


async def test_a_case_that_cannot_be_done_is_refused_by_two_with_remedies(them: Company) -> None:
    case = await script.open_case(them, "超面积建房补证", cause="cannot", blocking_reason="A1")

    await _no_lonely_end(them, case)
    await _no_incomplete_proposal(them, case)
    proposed = await them.desk.step(case, "refusal", _proposal(them))
    await _no_approval_by_others(them, proposed)
    refused = await them.lead.step(proposed, "refusal-approval", {"decision": "approve"})
    told = await them.desk.step(refused, "deliver", {"method": "written", "text": NO})
    asked = await them.lead.step(told, "callback", {"result": "solved", "satisfaction": 2})
    await _still_the_same(them, asked, "close", {"outcome": "done"}, "cases.outcome_not_allowed")
    closed = await them.desk.step(asked, "close", {"outcome": "explained", "file": script.CLOSING})

    assert (proposed["state"], refused["state"], told["state"]) == (
        "refusal_proposed",
        "refused",
        "delivered",
    )
    assert (closed["state"], closed["outcome"]) == ("closed", "explained")
    await _the_citizen_reads_the_remedies(them, case)


async def _still_the_same(
    them: Company, case: Body, verb: str, body: Body, code: str, status: int = 422
) -> Body:
    """The step is refused with this code, and nothing changed."""
    refusal: Body = await them.desk.step(case, verb, body, status=status)
    assert refusal["code"] == code, (verb, refusal)
    now = await script.fresh(them.desk, case)
    assert (now["state"], now["version"]) == (case["state"], case["version"])
    return refusal


async def _no_lonely_end(them: Company, case: Body) -> None:
    """The desk cannot end it as explained, neither on the spot nor undelivered."""
    spoken = {"method": "spoken_signed", "text": NO}
    on_spot = {"outcome": "explained", "on_spot": spoken}
    await _still_the_same(them, case, "close", on_spot, "cases.outcome_not_allowed")
    undelivered = {"outcome": "explained"}
    await _still_the_same(them, case, "close", undelivered, "cases.not_delivered")
    straight = await _still_the_same(
        them, case, "deliver", {"method": "sms", "text": NO}, "cases.step_not_allowed", 409
    )
    assert "refusal" in straight["allowed"]


async def _no_incomplete_proposal(them: Company, case: Body) -> None:
    """No basis, no explanation, no approver, no remedies: no proposal."""
    for missing in ("legal_basis", "explanation", "approver", "remedy"):
        body = _proposal(them, **{missing: None})
        refusal = await _still_the_same(them, case, "refusal", body, "invalid")
        assert list(refusal["params"]["errors"]) == [missing]
    for alone in ("desk", "clerk"):
        body = _proposal(them, approver=str(them.cast.posts[alone]))
        await _still_the_same(them, case, "refusal", body, "cases.approver_not_allowed")
    elsewhere = _proposal(them, approver=str(them.cast.posts["district_lead"]))
    await _still_the_same(them, case, "refusal", elsewhere, "cases.approver_not_allowed")


async def _no_approval_by_others(them: Company, proposed: Body) -> None:
    """The proposer does not approve, and an unapproved refusal is not delivered."""
    approve = {"decision": "approve"}
    await _still_the_same(them, proposed, "refusal-approval", approve, "forbidden", 403)
    given = {"method": "written", "text": NO}
    await _still_the_same(them, proposed, "deliver", given, "cases.step_not_allowed", 409)


async def _the_citizen_reads_the_remedies(them: Company, case: Body) -> None:
    page = await script.track(them, case)

    assert (page["outcome"], page["answer"]) == ("explained", NO)
    remedy = page["remedy"]
    assert remedy["explanation"] == NO
    assert remedy["review_body"] == "青禾区人民政府"
    assert remedy["litigation_court"] == "青禾区人民法院"
    assert (remedy["review_days"], remedy["litigation_months"]) == (60, 6)


async def test_a_departments_no_does_not_pass_the_review(them: Company) -> None:
    case = await script.open_case(
        them, "低保复核", cause="unwilling", blocking_reason="F1", seal="false"
    )
    civil = str(them.cast.units["民政科"])
    case = await them.desk.step(case, "dispatch", {"lead_unit": civil})
    case = await them.civil.step(case, "sign")
    case = await them.civil.step(case, "contact", {"method": "visit", "result": "reached"})
    no = {"answer": NO, "solved": "no", "outcome": "explained"}
    case = await them.civil.step(case, "reply", no)

    await _still_the_same(them, case, "review", {"decision": "pass"}, "cases.no_veto")
    back = await them.desk.step(case, "review", {"decision": "reject", "note": "请再核实"})

    assert back["state"] == "in_progress"


async def test_who_may_approve_still_needs_another(them: Company) -> None:
    case = await script.open_case(them, "宅基地确权", cause="cannot", blocking_reason="E2")
    alone = _proposal(them)

    refusal = await them.lead.send(f"cases/{case['id']}/refusal", alone, version=case["version"])

    assert (refusal.status_code, code_of(refusal)) == (422, "cases.approver_not_allowed")
    assert (await script.fresh(them.lead, case))["version"] == case["version"]
