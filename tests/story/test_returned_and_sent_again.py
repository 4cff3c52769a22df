"""The third case: a department gives it back with a coded reason, another one solves it."""

from tests.story import script
from tests.story.cast import Company
from tests.support.servers import eventually


async def test_a_returned_case_goes_to_another_unit_and_is_solved(them: Company) -> None:
    street = str(them.cast.halls["street"].id)
    before = (await script.counted(them))[street]["substantive"]
    civil, housing = (str(them.cast.units[name]) for name in ("民政科", "城建科"))
    case = await script.open_case(them, "楼道加装扶手", blocking_reason="D2")
    sent = await them.desk.step(case, "dispatch", {"lead_unit": civil})

    without = await them.civil_head.step(sent, "return", {"note": "不归我们"}, status=422)
    reason = {"reason_code": "not_our_duty", "note": "属城建职责", "suggest_unit": housing}
    returned = await them.civil_head.step(sent, "return", reason)
    at_desk = await script.fresh(them.desk, case)
    again = await them.desk.step(at_desk, "dispatch", {"lead_unit": housing})
    unseen = await them.civil.ask(f"cases/{case['id']}")
    replied = await script.work(them.housing, again)
    delivered = await script.hand_over(them.desk, replied)
    said = {"result": "solved", "satisfaction": 4, "outcome": "done", "file": script.CLOSING}
    closed = await them.lead.step(delivered, "callback", said)

    assert list(without["params"]["errors"]) == ["reason_code"]
    assert (returned["state"], returned["lead_unit"], returned["return_count"]) == (
        "returned",
        None,
        1,
    )
    line = next(line for line in at_desk["timeline"] if line["kind"] == "return")
    assert (line["data"]["reason_code"], line["actor"]["unit"]) == ("not_our_duty", "民政科")
    assert (again["lead_unit"]["name"], unseen.status_code) == ("城建科", 404)
    assert (closed["state"], closed["outcome"], closed["return_count"]) == ("closed", "done", 1)

    async def solved_once_more() -> bool:
        now = (await script.comparison(them))["halls"][street]["substantive"]
        return (now["n"], now["x"]) == (before["n"] + 1, before["x"] + 1)

    await eventually(solved_once_more, "the city counts it as solved at the street")
