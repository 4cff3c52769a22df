"""Referrals while processes are killed: nothing lost, nothing doubled (security.md §5.1, §6 no. 7).

LEDGER_REFERRALS sets the number of referrals; the default is the short form.
"""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from tests.faults import ledger as book
from tests.faults.ledger import WELL, Ledger
from tests.story import script
from tests.story.cast import Company
from tests.support.servers import Site, eventually, until
from tests.support.visitors import Visitor, body_of, code_of

REFERRALS = int(os.environ.get("LEDGER_REFERRALS", "300"))
LONGEST = max(120.0, REFERRALS / 5)
REFERRAL = {"reason": "权限在区级", "purpose": "请区级办理", "need_contact": False}


@dataclass
class Traffic:
    """Four people who refer and two who decide; every third letter is decided by both at once."""

    them: Company
    ledger: Ledger = field(default_factory=Ledger)
    letters: "asyncio.Queue[tuple[UUID, str] | None]" = field(default_factory=asyncio.Queue)
    overtaken: int = 0

    async def send(self, who: Visitor, cases: list[UUID]) -> None:
        for case in cases:
            answer = await who.insist(f"cases/{case}/referrals", REFERRAL, version=2)
            letter = body_of(answer, 201)["id"]
            self.ledger.put_sent(case, letter)
            number = sum(map(len, self.ledger.sent.values()))
            step = "return" if number % 5 == 0 else "accept"
            for _ in range(2 if number % 3 == 0 else 1):
                await self.letters.put((UUID(letter), step))

    async def decide(self, who: Visitor) -> None:
        while (item := await self.letters.get()) is not None:
            letter, step = item
            body = {"reason_code": "incomplete", "note": "补材料"} if step == "return" else {}
            answer = await who.insist(f"referrals/{letter}/{step}", body, version=1)
            if code_of(answer) == "exchange.already_decided":
                self.overtaken += 1
                continue
            body_of(answer, 200)
            self.ledger.put_decided(letter, f"{step}ed")

    def has_decided(self, share: float) -> bool:
        """Whether that share of all referrals is decided."""
        return len(self.ledger.decided) >= share * REFERRALS

    async def run(self, work: list[tuple[Visitor, list[UUID]]]) -> None:
        """Until everything is sent and decided."""
        deciders = (self.them.district_desk, self.them.district_lead)
        async with asyncio.TaskGroup() as deciding:
            for who in deciders:
                deciding.create_task(self.decide(who))
            async with asyncio.TaskGroup() as sending:
                for who, cases in work:
                    sending.create_task(self.send(who, cases))
            for _ in deciders:
                await self.letters.put(None)


async def break_things(site: Site, traffic: Traffic) -> None:
    """By progress, not by the clock, so that every fault meets work on its way."""
    faults: list[tuple[float, Callable[[], None]]] = [
        (0.1, site.restart_web),
        (0.25, site.restart_worker),
        (0.35, site.broker.stop),
        (0.45, site.restart_web),
        (0.55, site.broker.start),
        (0.7, site.restart_worker),
        (0.85, site.restart_web),
    ]
    for share, fault in faults:
        await until(partial(traffic.has_decided, share), f"{share:.0%} decided", LONGEST)
        fault()


async def test_referrals_survive_kill_9_of_web_and_worker(site: Site, them: Company) -> None:
    halls = them.cast.halls
    senders, receiver = [halls["street"]], halls["district"]
    first = await script.open_case(them, "区级权限")
    cases = await book.copies_of(senders[0], first["id"], REFERRALS)
    people = [them.desk, them.lead, them.desk, them.lead]
    work = [(who, cases[place :: len(people)]) for place, who in enumerate(people)]
    traffic, began = Traffic(them), time.monotonic()

    async with asyncio.TaskGroup() as both:
        both.create_task(traffic.run(work))
        both.create_task(break_things(site, traffic))
    _tell(site, traffic, time.monotonic() - began)
    await site.complete()
    await eventually(lambda: book.sweep([*senders, receiver]), "everything is handled")

    assert (len(traffic.ledger.sent), len(traffic.ledger.decided)) == (REFERRALS, REFERRALS)
    assert await book.compare(traffic.ledger, senders, receiver) == WELL
    assert (site.web.kills, site.worker.kills) == (3, 2)
    assert sum(who.unanswered for who in them.everybody()) > 0, "the kills met requests"


def _tell(site: Site, traffic: Traffic, seconds: float) -> None:
    people = traffic.them.everybody()
    print(
        f"\n{len(traffic.ledger.sent)} referrals decided in {seconds:.1f} s;"
        f" kill -9: web {site.web.kills}, worker {site.worker.kills}; Valkey stopped once;"
        f" {sum(who.unanswered for who in people)} attempts cut off,"
        f" {sum(who.refused_for_now for who in people)} put off,"
        f" {traffic.overtaken} second decisions refused"
    )
