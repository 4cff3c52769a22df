"""The chapters of the story, each over HTTP; every call is answered as it should be."""

from collections.abc import Mapping
from typing import Any

from tests.story.cast import APPLICANT, Company
from tests.support.servers import eventually
from tests.support.visitors import Visitor

Body = dict[str, Any]
FINDING = {
    "should_do": "yes",
    "can_do": "unclear",
    "cause": "hard",
    "blocking_reason": "B5",
    "difficulty": "complex",
    "note": "应当办理；委托签字无法核实，本级无权认定。",
}
CLOSING = {"proof": "不动产权证 0001 号", "knowledge": "no"}
ANSWER = "已与登记机构核实，凭公证委托书即可办理，请携身份证到一楼领取。"


async def open_windows(them: Company) -> None:
    """The day begins at the street's first window and at the district's."""
    await them.clerk.post(f"windows/{them.cast.windows['street']}/open")
    await them.district_clerk.post(f"windows/{them.cast.windows['district']}/open")


async def take(at: Visitor, queue: object) -> Body:
    """A number from the queue."""
    ticket: Body = await at.post("tickets", {"queue": str(queue)}, status=201)
    return ticket


async def serve(at: Visitor, window: object, *presses: str) -> Body:
    """Press the window's buttons one after the other; the last answer."""
    body: Body = {}
    for press in presses:
        body = await at.post(f"windows/{window}/{press}")
    return body


async def receive(them: Company, ticket: Mapping[str, Any] | None = None) -> Body:
    """The clerk writes down who came and what was tried before."""
    reception = {
        "ticket": ticket["id"] if ticket else None,
        "matter": "替住院的母亲办理不动产登记，委托书被拒。",
        "applicant_kind": "person",
        "tried_windows": [
            {"name": "区不动产登记窗口", "result": "签字无法核实，不予受理"},
            {"name": "街道综合窗口", "result": "不归本窗口"},
        ],
        "visit_count": 3,
        "ordinary_window_tried": True,
        "outcome": "registered",
    }
    made: Body = await them.clerk.post("receptions", reception, status=201)
    return made


async def register(them: Company, reception: Mapping[str, Any], title: str) -> Body:
    """The reception becomes a case; its citizen gets number and code."""
    case = {
        "reception": reception["id"],
        "title": title,
        "detail": "母亲住院不能到场，三次往返两个窗口未果。",
        "want": "凭委托书办理登记。",
        "applicant": APPLICANT,
        "visit_count": reception["visit_count"],
        "pii_notice_accepted": True,
    }
    made: Body = await them.clerk.post("cases", case, status=201)
    return made


async def open_case(them: Company, title: str, **finding: str) -> Body:
    """Received, registered and triaged, without a number from the queue."""
    case = await register(them, await receive(them), title)
    triaged: Body = await them.desk.step(case, "triage", FINDING | finding)
    return triaged | {"tracking_code": case["tracking_code"]}


async def refer(them: Company, case: Mapping[str, Any]) -> Body:
    """The street hands the case to the district hall."""
    body = {
        "reason": "认定权限在区级登记机构",
        "purpose": "核实委托并办理登记",
        "need_contact": True,
    }
    letter: Body = await them.desk.step(case, "referrals", body, status=201)
    return letter


async def accept(them: Company, letter: Mapping[str, Any]) -> Body:
    """The district takes it over; its own new case."""
    taken = await them.district_desk.post(
        f"referrals/{letter['id']}/accept", {"note": "收到"}, version=letter["version"]
    )
    case: Body = await them.district_desk.get(f"cases/{taken['case_id']}")
    return case


async def work(at: Visitor, case: Body) -> Body:
    """The department signs, reaches the person, answers."""
    case = await at.step(case, "sign")
    contact = {"method": "phone", "result": "reached", "note": "约定周二领取"}
    case = await at.step(case, "contact", contact)
    reply = {"answer": ANSWER, "solved": "yes", "outcome": "done"}
    replied: Body = await at.step(case, "reply", reply)
    return replied


async def hand_over(at: Visitor, case: Body) -> Body:
    """The desk passes the reply and gives the person the answer."""
    case = await at.step(case, "review", {"decision": "pass"})
    delivered: Body = await at.step(case, "deliver", {"method": "sms", "text": ANSWER})
    return delivered


async def track(them: Company, case: Mapping[str, Any]) -> Body:
    """The citizen looks, with number and code."""
    given = {"number": case["number"], "code": case["tracking_code"]}
    page: Body = await them.citizen.post("portal/track", given)
    return page


async def fresh(at: Visitor, case: Mapping[str, Any]) -> Body:
    """The case as it is now."""
    found: Body = await at.get(f"cases/{case['id']}")
    return found


async def reached(at: Visitor, case: Mapping[str, Any], state: str) -> Body:
    """The case once what another hall did has brought it into a state."""
    found: Body = {}

    async def look() -> bool:
        found.update(await fresh(at, case))
        return bool(found["state"] == state)

    await eventually(look, f"{case['number']} is {state}")
    return found


async def comparison(them: Company) -> Body:
    """The city's page, its halls by id."""
    page: Body = await them.city_admin.get("city/halls")
    return page | {"halls": {row["id"]: row for row in page["halls"]}}


async def counted(them: Company) -> Body:
    """The city's halls once all the street's cases are in its figures."""
    street = str(them.cast.halls["street"].id)
    cases = (await them.desk.get("cases", limit=200))["results"]
    halls: Body = {}

    async def look() -> bool:
        halls.update((await comparison(them))["halls"])
        closed = sum(case["state"] == "closed" for case in cases)
        row = halls[street]
        return bool(row["cases"] == len(cases) and row["substantive"]["n"] <= closed)

    await eventually(look, "the city has counted what happened so far")
    return halls
