"""M-01 … M-05 of days with returns, transfers, people set aside and appointments."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from apps.windows import facts, queries, services
from apps.windows.models import Ticket
from apps.windows.rules import PriorityReason
from apps.windows.services import Destination, Visitor
from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups import services as folding
from bancheng.city.rollups.facts import NO_WINDOW, Facts, total
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import MORNING, queue_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
DAY = MORNING.date()


@dataclass
class Visit:
    """What the test itself wrote down about one number, by its own reckoning."""

    begins: datetime
    waited: int = 0
    served: int = 0
    window: UUID | None = None
    called: bool = False
    state: str = "waiting"
    walked_in: bool = False
    called_at: datetime = MORNING
    started_at: datetime = MORNING


@dataclass
class Ledger:
    """A day at a hall, played at random, and its figures kept by hand beside it."""

    source: Random
    queues: list[UUID]
    windows: list[UUID]
    at: datetime = MORNING
    visits: dict[UUID, Visit] = field(default_factory=dict)
    busy: dict[UUID, UUID] = field(default_factory=dict)
    parked: list[UUID] = field(default_factory=list)
    missed: list[tuple[UUID, datetime]] = field(default_factory=list)
    load: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))

    def step(self) -> None:
        self.at += timedelta(seconds=self.source.randint(5, 90))
        with clock.frozen(self.at):
            self.source.choice([self.take, self.take, self.work, self.work, self.work])()

    def take(self) -> None:
        reason = PriorityReason.ELDERLY if self.source.random() < 0.2 else None
        queue = self.source.choice(self.queues)
        ticket = services.take(queue_id=queue, priority_reason=reason, by=SYSTEM).ticket
        self.visits[ticket.id] = Visit(self.at)

    def work(self) -> None:
        window = self.source.choice(self.windows)
        if window in self.busy:
            self.go_on(window, self.busy[window])
        elif self.parked and self.source.random() < 0.5:
            self.resume(window, self.parked.pop())
        elif self.missed and self.source.random() < 0.5:
            self.come_back()
        elif self.source.random() < 0.1:
            self.walk_in(window)
        elif done := services.call_next(window_id=window, by=SYSTEM):
            assert done.ticket is not None
            self.called(window, done.ticket.id)

    def called(self, window: UUID, ident: UUID) -> None:
        visit = self.visits[ident]
        self.busy[window], visit.window = ident, window
        visit.called, visit.state, visit.called_at = True, "called", self.at

    def go_on(self, window: UUID, ident: UUID) -> None:
        visit = self.visits[ident]
        if visit.state == "called":
            self.answer(window, ident, visit)
            return
        chance = self.source.random()
        if chance < 0.6:
            services.finish(window_id=window, by=SYSTEM)
            visit.state = "finished"
        elif chance < 0.8:
            services.park(window_id=window, by=SYSTEM)
            self.parked.append(ident)
            visit.state = "parked"
        else:
            to = self.source.choice(self.queues)
            services.transfer(ticket_id=ident, to=Destination(queue=to), by=SYSTEM)
            visit.state, visit.called, visit.window = "waiting", False, None
            visit.begins = self.at
        stay = int((self.at - visit.started_at).total_seconds())
        visit.served += stay
        self.load[window] += stay
        del self.busy[window]

    def answer(self, window: UUID, ident: UUID, visit: Visit) -> None:
        if self.source.random() < 0.2:
            services.miss(window_id=window, by=SYSTEM)
            visit.state = "missed"
            self.missed.append((ident, self.at))
            del self.busy[window]
            return
        services.start(window_id=window, by=SYSTEM)
        visit.state, visit.started_at = "serving", self.at
        visit.waited += int((visit.called_at - visit.begins).total_seconds())

    def resume(self, window: UUID, ident: UUID) -> None:
        services.resume(window_id=window, ticket_id=ident, by=SYSTEM)
        visit = self.visits[ident]
        visit.state, visit.started_at, visit.window = "serving", self.at, window
        self.busy[window] = ident

    def come_back(self) -> None:
        ident, since = self.missed.pop()
        if Ticket.objects.get(id=ident).returns or self.at - since > timedelta(minutes=30):
            return
        services.return_missed(ticket_id=ident, by=SYSTEM)
        visit = self.visits[ident]
        visit.state, visit.called, visit.window = "waiting", False, None
        visit.begins = self.at

    def walk_in(self, window: UUID) -> None:
        queue = self.source.choice(self.queues)
        ticket = services.walk_in(window_id=window, queue_id=queue, by=SYSTEM).ticket
        assert ticket is not None
        self.visits[ticket.id] = Visit(
            self.at, state="serving", called=True, walked_in=True, window=window, started_at=self.at
        )
        self.busy[window] = ticket.id

    def finish(self) -> None:
        """Everybody at a window is finished, so that every stay has an end."""
        for window, ident in list(self.busy.items()):
            self.at += timedelta(seconds=30)
            with clock.frozen(self.at):
                visit = self.visits[ident]
                if visit.state == "called":
                    services.miss(window_id=window, by=SYSTEM)
                    visit.state = "missed"
                else:
                    services.finish(window_id=window, by=SYSTEM)
                    stay = int((self.at - visit.started_at).total_seconds())
                    visit.served, visit.state = visit.served + stay, "finished"
                    self.load[window] += stay
                del self.busy[window]


def whole(day: Any = DAY) -> Facts:
    return total(part.facts for part in facts.day_facts(day))


@pytest.mark.parametrize("seed", range(5))
def test_figures_of_a_day_are_those_kept_by_hand(street: HallRef, seed: int) -> None:
    """M-01, M-03, M-04, M-05 from the tables equal a ledger kept beside the same day."""
    with hall(street):
        with clock.frozen(MORNING):
            queues = [queue_in(street, prefix) for prefix in ("A", "B")]
            clerk = staff_in(street, Role.WINDOW_CLERK)
            windows = [window_in(street, queues, str(n), clerk) for n in range(1, 4)]
        ledger = Ledger(Random(seed), queues, windows)
        for _ in range(160):
            ledger.step()
        ledger.finish()

        with clock.frozen(ledger.at):
            found, parts = whole(), {part.window: part.facts for part in facts.day_facts(DAY)}
    visits = ledger.visits.values()
    waits = [
        v.waited
        for v in visits
        if v.called and v.state != "missed" and (v.waited or not v.walked_in)
    ]
    served = [v.served for v in visits if v.state == "finished"]
    assert found.tickets == len(ledger.visits)
    assert found.called == sum(v.called for v in visits)
    assert (found.served, found.missed) == (
        len(served),
        sum(v.state == "missed" for v in visits),
    )
    assert (found.wait_n, found.wait_sum_s, found.wait_max_s) == (
        *(len(waits), sum(waits)),
        max(waits, default=0),
    )
    assert (found.service_n, sum(found.services)) == (len(served), len(served))
    assert {w: parts[w].service_sum_s for w in windows if w in parts} == {
        w: ledger.load[w] for w in windows if w in parts
    }
    staffed = int((ledger.at - MORNING).total_seconds())
    assert all(parts[w].staffed_seconds == staffed for w in windows)
    assert parts.get(NO_WINDOW, Facts()).called == 0


def test_quarter_hours_add_up_to_the_day(street: HallRef) -> None:
    """The load curve has the day's own counts, and is what the board reads."""
    with hall(street):
        with clock.frozen(MORNING):
            queues = [queue_in(street, "A")]
            clerk = staff_in(street, Role.WINDOW_CLERK)
            windows = [window_in(street, queues, str(n), clerk) for n in range(1, 3)]
        ledger = Ledger(Random(9), queues, windows)
        for _ in range(200):
            ledger.step()
        ledger.finish()
        with clock.frozen(ledger.at):
            folding.fold(DAY)
            quarters, day = rollups.quarters(DAY), whole()

    def added(name: str) -> int:
        return sum(getattr(quarter, name) for quarter in quarters)

    assert quarters[0].quarter == 36  # nine o'clock
    for name in ("tickets", "called", "served", "missed", "wait_n", "wait_sum_s"):
        assert added(name) == getattr(day, name), name
    assert added("staffed_seconds") == day.staffed_seconds


def test_an_appointment_waits_from_its_slot_in_the_figures(street: HallRef) -> None:
    """M-03: appointments measured from max(slot start, check-in)."""
    with hall(street):
        with clock.frozen(MORNING):
            queue = queue_in(street)
            window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
            services.change_queue(queue_id=queue, slot_capacity=3, by=SYSTEM)
            start = MORNING + timedelta(hours=1)
            codes = [
                services.book(
                    queue_id=queue,
                    start=start,
                    visitor=Visitor("王某", f"1990000000{n}"),
                    by=SYSTEM,
                ).code
                for n in (1, 2)
            ]
        with clock.frozen(start - timedelta(minutes=10)):
            services.check_in(code=codes[0], by=SYSTEM)
        with clock.frozen(start + timedelta(minutes=5)):
            services.check_in(code=codes[1], by=SYSTEM)
        for minutes in (7, 15):
            with clock.frozen(start + timedelta(minutes=minutes)):
                services.call_next(window_id=window, by=SYSTEM)
                services.start(window_id=window, by=SYSTEM)
                services.finish(window_id=window, by=SYSTEM)
        with clock.frozen(start + timedelta(hours=1)):
            found = whole()

    assert (found.wait_n, found.wait_sum_s) == (2, 7 * 60 + 10 * 60)


def test_the_moment_counts_who_waits_today(street: HallRef) -> None:
    with hall(street), clock.frozen(MORNING):
        queue = queue_in(street)
        services.take(queue_id=queue, by=SYSTEM)
        left = services.take(queue_id=queue, by=SYSTEM).ticket
        services.leave(ticket_id=left.id, by=SYSTEM)

        assert facts.moment().waiting == queries.waiting()[0].count == 1
