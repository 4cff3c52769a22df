"""What must be refused, asked over the wire of a real server (the issue's list of bad input)."""

import uuid
from typing import Any

import httpx
import pytest

from tests.story import script
from tests.story.cast import APPLICANT, PARTS, Company
from tests.support.people import PASSWORD
from tests.support.visitors import Visitor, body_of, code_of

Body = dict[str, Any]


async def test_an_unknown_host_is_a_404_for_every_address(them: Company) -> None:
    async with Visitor(them.site, them.cast.halls["street"], host="nowhere.localhost") as lost:
        for path in ("/", "/api/v1/session", "/api/v1/cases", "/p/"):
            answer = await lost.http.get(path)
            assert (path, answer.status_code, code_of(answer)) == (path, 404, "unknown_host")


async def test_another_halls_case_is_answered_as_an_unknown_one(them: Company) -> None:
    foreign = await script.open_case(them, "别的大厅的事")
    unknown = {"id": str(uuid.uuid4()), "version": foreign["version"]}

    for path in ("cases/{id}", "referrals/{id}", "deadlines/{id}/explanation"):
        answers = [
            await them.district_desk.ask(path.format(id=case["id"])) for case in (foreign, unknown)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    for verb, body in (("triage", script.FINDING), ("dispatch", {"lead_unit": unknown["id"]})):
        answers = [
            await them.district_desk.send(f"cases/{case['id']}/{verb}", body, version=1)
            for case in (foreign, unknown)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    assert (await script.fresh(them.desk, foreign))["version"] == foreign["version"]


async def test_a_session_of_one_hall_is_nobodys_at_another(them: Company) -> None:
    stolen = dict(them.desk.http.cookies)
    async with Visitor(them.site, them.cast.halls["district"]) as thief:
        thief.http.cookies.update(stolen)
        thief.http.headers["X-CSRFToken"] = them.desk.http.headers["X-CSRFToken"]

        listed = await thief.ask("cases")
        session = await thief.get("session")
        taken = await thief.send("receptions", {})

    assert (listed.status_code, code_of(listed)) == (401, "unauthenticated")
    assert session["authenticated"] is False
    assert taken.status_code == 401


async def test_a_right_password_of_one_hall_is_unknown_at_another(them: Company) -> None:
    async with Visitor(them.site, them.cast.halls["district"]) as other:
        await other.http.get("/api/v1/session")
        given = {"username": "desk", "password": PASSWORD}
        refused = await other.http.post("/api/v1/session", json=given)

    assert (refused.status_code, code_of(refused)) == (401, "session.bad_credentials")


async def test_a_step_names_the_version_it_was_decided_upon(them: Company) -> None:
    case = await script.open_case(them, "两人同时处理")
    again = script.FINDING | {"note": "复核"}
    path = f"cases/{case['id']}/triage"

    unnamed = await them.desk.send(path, again)
    first = await them.desk.send(path, again, version=case["version"])
    second = await them.lead.send(path, again, version=case["version"])

    assert (unnamed.status_code, code_of(unnamed)) == (428, "if_match_required")
    assert (first.status_code, first.headers["ETag"]) == (200, f'"v{case["version"] + 1}"')
    assert (second.status_code, code_of(second)) == (412, "stale_version")
    assert second.json()["params"] == {"current": case["version"] + 1}


async def test_a_repeated_key_has_one_effect_and_another_body_is_refused(them: Company) -> None:
    reception = await script.receive(them)
    body = _case(reception)
    key = uuid.uuid4().hex

    made = await them.clerk.send("cases", body, key=key)
    repeated = await them.clerk.send("cases", body, key=key)
    other = await them.clerk.send("cases", body | {"title": "另一件事"}, key=key)
    keyless = await them.clerk.http.post("/api/v1/cases", json=body)

    assert (made.status_code, repeated.status_code) == (201, 201)
    assert repeated.json() == made.json()
    assert repeated.headers["ETag"] == made.headers["ETag"]
    assert (other.status_code, code_of(other)) == (422, "idempotency.key_reused")
    assert (keyless.status_code, code_of(keyless)) == (400, "idempotency.key_required")
    found = await them.desk.get("cases", q=made.json()["number"])
    assert len(found["results"]) == 1


def _case(reception: Body) -> Body:
    return {
        "reception": reception["id"],
        "title": "重复提交",
        "detail": "网络不稳，点了两次。",
        "want": "只登记一次。",
        "applicant": APPLICANT,
        "pii_notice_accepted": True,
    }


async def test_a_forbidden_step_tells_the_allowed_ones(them: Company) -> None:
    case = await script.open_case(them, "还没有交办")

    early = await them.desk.send(f"cases/{case['id']}/review", {"decision": "pass"}, version=2)

    problem = body_of(early, 409)
    assert early.headers["Content-Type"] == "application/problem+json"
    assert problem["code"] == "cases.step_not_allowed"
    assert (problem["params"]["state"], problem["params"]["step"]) == ("triaged", "review")
    assert problem["allowed"] == case["allowed_steps"]
    assert {"dispatch", "referrals", "refusal"} <= set(problem["allowed"])


@pytest.mark.parametrize("path", ["session", "cases", "portal/track"])
@pytest.mark.parametrize(
    "sent", [b"[" * 200_000, b'{"a":' * 100_000, b"{", b"\xff\xfe", b"[]", b"null", b'"x"']
)
async def test_a_body_that_is_no_sensible_json_is_the_senders_mistake(
    them: Company, path: str, sent: bytes
) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}

    answer = await them.clerk.http.post(f"/api/v1/{path}", content=sent, headers=headers)

    assert 400 <= answer.status_code < 500, answer.text
    assert code_of(answer) != ""
    if len(sent) > 100:
        assert answer.status_code == 400


async def test_nobody_is_told_which_parts_exist(them: Company) -> None:
    """Without a session every address below the API says the same."""
    async with Visitor(them.site, them.cast.halls["street"]) as stranger:
        answers: list[httpx.Response] = [
            await stranger.ask(path)
            for path in ("cases", "tickets", "windows", "board", "referrals", "staff", "city/halls")
        ]

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (401, answers[0].content)
    }
    assert not any(part.name in answers[0].text for part in PARTS.values())
