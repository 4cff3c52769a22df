"""The server is restarted in the middle of the story: nothing is lost, pages go on where they
were."""

from collections.abc import Mapping
from typing import Any

from tests.story import script
from tests.story.cast import Company
from tests.support.servers import Site, until
from tests.support.sockets import Address, listening
from tests.support.visitors import Visitor, body_of

Body = dict[str, Any]
TOPICS = ("desk", "queue", "board")


async def test_a_restart_in_the_middle_of_the_story_loses_nothing(
    site: Site, them: Company
) -> None:
    headers = them.desk.socket_headers()
    async with listening(Address(site.port), them.desk.ref, headers, TOPICS) as page:
        ticket = await script.take(them.clerk, them.cast.queues["Z"])
        case = await script.open_case(them, "重启之中")
        letter = await script.refer(them, case)

        await site.renew_web()
        taken = await script.accept(them, letter)
        registry = str(them.cast.units["不动产登记科"])
        sent = await them.district_desk.step(taken, "dispatch", {"lead_unit": registry})

        site.restart_web()
        signed = body_of(await _insist(them.registry, sent, "sign", {}), 200)
        contact = {"method": "phone", "result": "reached"}
        reached = await them.registry.step(signed, "contact", contact)
        reply = {"answer": script.ANSWER, "solved": "yes", "outcome": "done"}
        replied = await them.registry.step(reached, "reply", reply)
        await script.hand_over(them.district_desk, replied)

        at_home = await script.reached(them.desk, case, "delivered")
        waiting = await them.clerk.get("tickets", state="waiting")
        heads = {topic: await _head(them.desk, topic) for topic in TOPICS}
        await until(lambda: page.topics == heads, "the page has caught up")

    assert at_home["answer"] == script.ANSWER
    assert [one["id"] for one in waiting["results"]] == [ticket["id"]]
    for topic, seqs in page.applied.items():
        assert (topic, seqs) == (topic, list(range(seqs[0], heads[topic] + 1)))
    assert (page.connects, page.resets) == (3, [])


async def _insist(at: Visitor, case: Mapping[str, Any], verb: str, body: Body) -> Any:
    return await at.insist(f"cases/{case['id']}/{verb}", body, version=case["version"])


async def _head(at: Visitor, topic: str) -> int:
    return int((await at.get("events", topic=topic, after=0))["head"])
