"""What the board counts of all running clocks is what judging each one gives (domain.md §3.6)."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case, Deadline
from apps.cases.rules import Stage
from apps.cases.timekeeping.cards import Card, card_of
from apps.cases.timekeeping.tally import Tally, tally
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock, ids
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 15, 30, tzinfo=ZONE)  # a Wednesday
TOMORROW = datetime(2026, 3, 5, tzinfo=ZONE)
STAGES = (Stage.DISPATCH, Stage.SIGN, Stage.CONTACT, Stage.RESOLVE, Stage.CALLBACK)


def made(chance: random.Random, number: int) -> tuple[Case, list[Deadline]]:
    """A case with up to three clocks, due within two weeks of now: at the end of a day, within it,
    or as it turns into the next."""
    case = Case(
        number=f"T-{number}",
        state="in_progress",
        title="x",
        detail="x",
        want="x",
        due_at=NOW,
        reopen_count=chance.choice((0, 0, 0, 1, 2)),
        sealed=chance.random() < 0.1,
    )
    clocks = [_clock(chance, case, stage) for stage in chance.sample(STAGES, chance.randint(1, 3))]
    return case, clocks


def _clock(chance: random.Random, case: Case, stage: Stage) -> Deadline:
    day = (NOW + timedelta(days=chance.randint(-14, 14))).replace(hour=0, minute=0)
    due_on = day.date()
    due_at = day + chance.choice((timedelta(hours=17, minutes=30), timedelta(days=1)))
    if chance.random() < 0.3:
        due_at = day + timedelta(minutes=chance.randint(0, 1439))
    return Deadline(
        case=case,
        stage=stage,
        item=ids.new_id() if chance.random() < 0.1 else None,
        rule="5WD",
        policy_source="default",
        policy_basis="x",
        started_at=NOW - timedelta(days=20),
        due_at=due_at,
        due_on=due_on,
        ended=chance.choice(("", "", "", "paused", "done")),
    )


def one_by_one(cases: list[Case], clocks: list[Deadline]) -> Tally:
    """The plain way: every clock of every open case is judged."""
    timing, known = calendar.timekeeping(), {case.id: case for case in cases if not case.sealed}
    running: dict[UUID, list[Deadline]] = defaultdict(list)
    for one in clocks:
        if not one.ended and one.case_id in known:
            running[one.case_id].append(one)
    firsts = [min(one.due_at for one in found) for found in running.values()]
    worst = [
        max(card_of(one, clock.now(), timing, reopened=known[case].reopen_count) for one in found)
        for case, found in running.items()
    ]
    return Tally(
        due_today=sum(NOW <= first < TOMORROW for first in firsts),
        overdue=sum(first < NOW for first in firsts),
        yellow=sum(card in (Card.YELLOW, Card.ORANGE) for card in worst),
        red=sum(card >= Card.RED for card in worst),
    )


def test_clocks_counted_together_are_judged_as_if_one_by_one(street: HallRef) -> None:
    chance = random.Random(20260304)
    pairs = [made(chance, number) for number in range(600)]
    cases, clocks = [case for case, _ in pairs], [one for _, some in pairs for one in some]
    with frozen(NOW), hall(street):
        Case.every.bulk_create(cases)
        Deadline.every.bulk_create(clocks)
        expected = one_by_one(cases, clocks)
        with CaptureQueriesContext(connection) as asked:
            found = tally(TOMORROW)

    assert found == expected
    assert min(found.due_today, found.overdue, found.yellow, found.red) > 3
    assert len(asked) == 1
