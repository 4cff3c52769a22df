"""The main job, end to end, as real processes serve it: the story of the first issue."""

import json
import time
from contextlib import AbstractAsyncContextManager
from typing import Any

from tests.story import script
from tests.story.cast import PERSONAL, Company
from tests.support.servers import eventually, until
from tests.support.sockets import Address, Page, listening

Body = dict[str, Any]
TITLE = "代办不动产登记签字无法核实"


async def test_a_stuck_matter_goes_up_comes_back_solved_and_is_counted(them: Company) -> None:
    before = await script.counted(them)

    async with _open_page(them, "city", "city_admin", "city") as overview:
        ticket = await _the_window_calls_z003(them)
        case = await _the_clerk_opens_a_case_from_the_number(them, ticket)
        letter = await _the_street_cannot_decide_and_refers_up(them, case)
        taken = await _the_district_takes_it_over(them, case, letter)
        solved = await _its_department_solves_it(them, taken)
        await _street_and_citizen_see_the_answer(them, case)
        await _a_callback_closes_it_as_done(them, case, solved)
        await _the_district_serves_a_number_of_its_own(them)
        await _the_city_sees_both_halls_change(them, before, overview)
    await _the_city_drills_down_to_numbers_and_no_names(them, case)
    assert "runs locally" not in them.site.web.log.read_text(), "pokes went to the worker"


def _open_page(them: Company, hall: str, who: str, topic: str) -> AbstractAsyncContextManager[Page]:
    headers = getattr(them, who).socket_headers()
    return listening(Address(them.site.port), them.cast.halls[hall], headers, [topic])


async def _the_window_calls_z003(them: Company) -> Body:
    await script.open_windows(them)
    window = them.cast.windows["street"]
    tickets = [await script.take(them.clerk, them.cast.queues["Z"]) for _ in range(3)]
    for _ in tickets[:2]:
        await script.serve(them.clerk, window, "call-next", "start", "finish")

    called = await script.serve(them.clerk, window, "call-next")
    serving = await script.serve(them.clerk, window, "start")

    assert [ticket["number"] for ticket in tickets] == ["Z001", "Z002", "Z003"]
    assert (called["number"], called["state"]) == ("Z003", "called")
    assert (serving["id"], serving["state"]) == (tickets[2]["id"], "serving")
    return serving


async def _the_clerk_opens_a_case_from_the_number(them: Company, ticket: Body) -> Body:
    reception = await script.receive(them, ticket)
    made = await script.register(them, reception, TITLE)
    await script.serve(them.clerk, them.cast.windows["street"], "finish")

    case = await them.desk.step(made, "triage", script.FINDING)

    assert (reception["visit_count"], len(reception["tried_windows"])) == (3, 2)
    assert (made["state"], made["first_responder"]["name"]) == ("registered", "周小舟")
    kept = case["reception"]
    assert kept["ticket"]["number"] == "Z003"
    assert kept["ticket"]["wait_seconds"] == ticket["wait_seconds"]
    assert isinstance(kept["service_seconds"], int)
    assert case["applicant"]["name"] != "林晓雨"
    assert (case["state"], case["cause"], case["blocking_reason"]) == ("triaged", "hard", "B5")
    assert case["triage"]["should_do"] == "yes"
    return case | {"tracking_code": made["tracking_code"]}


async def _the_street_cannot_decide_and_refers_up(them: Company, case: Body) -> Body:
    async with _open_page(them, "district", "district_desk", "referrals") as inbox:
        letter = await script.refer(them, case)
        sent = time.perf_counter()
        await until(lambda: _heard(inbox, "referral.came", letter["id"]), "the district hears")
        print(f"\nthe district heard of the referral after {time.perf_counter() - sent:.3f} s")

    at_home = await script.fresh(them.desk, case)
    box = await them.district_desk.get("referrals", box="in", state="open")
    assert (letter["state"], letter["to_hall"]["name"]) == ("sent", "青禾区政务服务中心")
    assert (at_home["state"], at_home["allowed_steps"]) == (
        "referred",
        ["report-up", "explanation"],
    )
    assert {"referral_accept", "resolve"} <= {row["stage"] for row in at_home["deadlines"]}
    assert [(row["id"], row["state"]) for row in box["results"]] == [(letter["id"], "sent")]
    return letter


def _heard(page: Page, kind: str, ref: object) -> bool:
    return any(frame.get("kind") == kind and frame["ref"] == ref for frame in page.seen)


async def _the_district_takes_it_over(them: Company, case: Body, letter: Body) -> Body:
    taken = await script.accept(them, letter)
    twice = await them.district_lead.send(
        f"referrals/{letter['id']}/accept", version=letter["version"]
    )

    assert (taken["state"], taken["cause"]) == ("triaged", "hard")
    assert taken["number"] != case["number"]
    assert taken["referral"]["direction"] == "in"
    assert (twice.status_code, twice.json()["code"]) == (409, "exchange.already_decided")
    return taken


async def _its_department_solves_it(them: Company, taken: Body) -> Body:
    registry = str(them.cast.units["不动产登记科"])
    sent = await them.district_desk.step(taken, "dispatch", {"lead_unit": registry})
    replied = await script.work(them.registry, sent)
    solved = await script.hand_over(them.district_desk, replied)

    assert (sent["lead_unit"]["name"], replied["state"]) == ("不动产登记科", "replied")
    assert (solved["state"], solved["answer"]) == ("delivered", script.ANSWER)
    return solved


async def _street_and_citizen_see_the_answer(them: Company, case: Body) -> None:
    at_home = await script.reached(them.desk, case, "delivered")
    page = await script.track(them, case)
    again = await them.citizen.get("portal/track")

    history = [line["kind"] for line in at_home["timeline"]]
    assert history[:4] == ["registered", "triage", "referrals", "referral_accepted"]
    assert (history[-1], at_home["answer"]) == ("referral_answered", script.ANSWER)
    assert (page["state"], page["answer"]) == ("delivered", script.ANSWER)
    assert page["responsible"]["name"] == "周小舟"
    done = {step["key"] for step in page["steps"] if step["done"]}
    assert {"registered", "referred", "referral_accepted", "delivered"} <= done
    assert again == page


async def _a_callback_closes_it_as_done(them: Company, case: Body, solved: Body) -> None:
    said = {"result": "solved", "satisfaction": 5, "outcome": "done", "file": script.CLOSING}

    closed = await them.district_lead.step(solved, "callback", said)

    at_home = await script.reached(them.desk, case, "closed")
    assert (closed["state"], closed["outcome"], closed["satisfaction"]) == ("closed", "done", 5)
    assert at_home["outcome"] == "done"
    assert (await script.track(them, case))["outcome"] == "done"


async def _the_district_serves_a_number_of_its_own(them: Company) -> None:
    await script.take(them.district_clerk, them.cast.queues["A"])
    window = them.cast.windows["district"]
    await script.serve(them.district_clerk, window, "call-next", "start", "finish")


async def _the_city_sees_both_halls_change(them: Company, before: Body, city: Page) -> None:
    """What was solved after a referral counts once, where it was solved."""
    street, district = (str(them.cast.halls[slug].id) for slug in ("street", "district"))
    now: Body = {}

    def grew(hall: str, figure: str, by: int) -> bool:
        return bool(now[hall][figure]["n"] == before[hall][figure]["n"] + by)

    async def look() -> bool:
        now.update((await script.comparison(them))["halls"])
        waits = grew(street, "wait", 3) and grew(district, "wait", 1)
        return waits and grew(district, "substantive", 1)

    await eventually(look, "the city's figures change")
    assert now[street]["cases"] == before[street]["cases"] + 1
    assert now[street]["receptions"] == before[street]["receptions"] + 1
    assert now[district]["substantive"]["x"] == before[district]["substantive"]["x"] + 1
    assert now[street]["substantive"] == before[street]["substantive"]
    for row in (now[street], now[district]):
        assert row["window_load"]["n"] == 1
        assert row["window_load"]["value"] is not None
    assert any(frame.get("kind") == "facts" for frame in city.seen), "the open page was told"


async def _the_city_drills_down_to_numbers_and_no_names(them: Company, case: Body) -> None:
    hall = str(them.cast.halls["street"].id)
    page = await script.comparison(them)
    parts = [
        await them.city_admin.get("city/facts", hall=hall, by=by)
        for by in ("day", "window", "cause")
    ]
    opened = await them.city_admin.get(f"city/halls/{hall}")

    (today,), windows, causes = (part["results"] for part in parts)
    counted = page["halls"][hall]["cases"]
    assert counted >= 1
    assert today["cases"] == counted
    assert sum(row["cases"] for row in windows) == counted
    assert sum(row["cases"] for row in causes) == counted
    assert "hard" in {row["cause"] for row in causes}
    told = json.dumps([page, parts, opened], ensure_ascii=False)
    hidden = (*PERSONAL, TITLE, case["number"], case["id"], script.ANSWER)
    assert [words for words in hidden if words in told] == []
