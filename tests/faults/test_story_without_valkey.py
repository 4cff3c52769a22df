"""Valkey is away for most of the story: it completes, nothing fails, everything catches up."""

import time
from contextlib import AsyncExitStack
from typing import Any

from tests.story import script
from tests.story.cast import Company
from tests.support.servers import Site, until
from tests.support.sockets import Address, Page, listening

Body = dict[str, Any]
OUTAGE = 10.0


async def test_the_story_completes_while_valkey_is_away(site: Site, them: Company) -> None:
    """Every call in the script fails the test when its answer is not the expected one."""
    async with AsyncExitStack() as stack:
        desk, inbox = await _open_pages(them, stack)
        await script.open_windows(them)
        ticket = await script.take(them.clerk, them.cast.queues["Z"])

        site.broker.stop()
        away_since = time.monotonic()
        case = await _from_the_call_to_the_referral(them, ticket)
        await until(lambda: bool(inbox.applied.get("referrals")), "the inbox hears by polling")
        solved = await _from_the_acceptance_to_the_answer(them, case)
        await _business_goes_on(them, away_since + OUTAGE)
        await until(lambda: desk.degraded[-1:] == [True], "the pages know that hints are paused")
        site.broker.start()

        await script.reached(them.desk, case, "delivered")
        said = {"result": "solved", "satisfaction": 5, "outcome": "done", "file": script.CLOSING}
        await them.district_lead.step(solved, "callback", said)
        await script.reached(them.desk, case, "closed")
        for page in (desk, inbox):
            await _has_all_and_hears_hints_again(them, page)
    assert (await script.track(them, case))["outcome"] == "done"
    await _the_worker_works_again(site, them)


async def _business_goes_on(them: Company, end: float) -> None:
    """Other people come, and their matters go up, until the outage has lasted long enough."""
    rounds = 0
    while time.monotonic() < end:
        case = await script.open_case(them, f"第{rounds}件")
        await script.accept(them, await script.refer(them, case))
        rounds += 1
    calls = sum(who.calls for who in them.everybody())
    slowest = max(who.slowest for who in them.everybody())
    print(f"\n{calls} commands, {rounds} more referrals without Valkey; slowest {slowest:.2f} s")


async def _open_pages(them: Company, stack: AsyncExitStack) -> list[Page]:
    pages = []
    for who, topic in (("desk", "desk"), ("district_desk", "referrals")):
        visitor = getattr(them, who)
        page = listening(Address(them.site.port), visitor.ref, visitor.socket_headers(), [topic])
        pages.append(await stack.enter_async_context(page))
    return pages


async def _from_the_call_to_the_referral(them: Company, ticket: Body) -> Body:
    window = them.cast.windows["street"]
    await script.serve(them.clerk, window, "call-next", "start")
    made = await script.register(them, await script.receive(them, ticket), "没有提示也要办")
    await script.serve(them.clerk, window, "finish")
    triaged = await them.desk.step(made, "triage", script.FINDING)
    await script.refer(them, triaged)
    return made


async def _from_the_acceptance_to_the_answer(them: Company, case: Body) -> Body:
    (letter,) = (await them.district_desk.get("referrals", box="in"))["results"]
    taken = await script.accept(them, letter)
    registry = str(them.cast.units["不动产登记科"])
    sent = await them.district_desk.step(taken, "dispatch", {"lead_unit": registry})
    replied = await script.work(them.registry, sent)
    return await script.hand_over(them.district_desk, replied)


async def _has_all_and_hears_hints_again(them: Company, page: Page) -> None:
    """On one unbroken socket, every event once and in order."""
    (topic,) = page.topics
    visitor = them.desk if topic == "desk" else them.district_desk
    head = (await visitor.get("events", topic=topic, after=0))["head"]
    await until(lambda: page.topics[topic] == head, f"{topic} has caught up")
    await until(lambda: page.degraded[-1:] == [False], f"{topic} hears hints again")

    heard = page.applied[topic]
    assert heard == list(range(heard[0], head + 1))
    assert (page.connects, page.holes, page.resets) == (1, 0, [])


async def _the_worker_works_again(site: Site, them: Company) -> None:
    """Only the worker's clock folds figures: the city sees the case when both are back."""
    assert site.worker.alive
    await until(site.broker.hears_a_worker, "the worker waits for jobs again")
    await script.open_case(them, "提示恢复之后")
    figures = (await script.counted(them))[str(them.cast.halls["street"].id)]

    assert (figures["wait"]["n"], figures["cases"] > 1) == (1, True)
