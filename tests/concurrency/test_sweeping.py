"""Two workers sweep at once: each level lights once and is told of once (§3.6)."""

import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from apps.notices import queries as notices
from apps.oversight.models import Card, Sweep
from apps.oversight.services import appeals, standstills, sweeping
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.support.cases import Team

pytestmark = pytest.mark.usefixtures("committed")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)


def at_once(ref: HallRef, moment: datetime, act: Callable[[], object], times: int) -> list[object]:
    """Run it several times together in the hall, all at the same frozen moment."""
    barrier = Barrier(times)

    def run() -> object:
        try:
            with frozen(moment), hall(ref):
                barrier.wait(timeout=20)
                return act()
        except Exception as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        waiting = [pool.submit(contextvars.Context().run, run) for _ in range(times)]
        return [one.result() for one in waiting]


def test_each_level_lights_and_is_told_once_however_many_sweep(street: HallRef) -> None:
    with frozen(MONDAY):
        team = Team(street)
        for _ in range(5):
            team.in_progress()
    with frozen(MONDAY), hall(street):
        sweeping.sweep()

    morning = MONDAY + timedelta(days=10)
    for _ in range(3):
        at_once(street, morning, sweeping.sweep, 6)

    with hall(street):
        assert Card.objects.filter(stage="resolve").count() == 20
        assert Card.objects.filter(told_at=None).count() == 0
        told = [row.params["card"] for row in notices.own(team.handler)]
        assert len(told) == len(set(told)) == 20
        assert Sweep.objects.count() == 1
        assert chain.verify().broken_at is None


def test_the_very_first_sweeps_at_once_make_one_mark(street: HallRef) -> None:
    with frozen(MONDAY):
        team = Team(street)
        team.in_progress()

    at_once(street, MONDAY + timedelta(days=4), sweeping.sweep, 6)

    with hall(street):
        assert Sweep.objects.count() == 1
        assert Card.objects.filter(stage="resolve").count() == 1


def test_a_standstill_is_told_once(street: HallRef) -> None:
    with frozen(MONDAY):
        team = Team(street)
        team.in_progress()
    with frozen(MONDAY), hall(street):
        sweeping.sweep()

    found = at_once(street, MONDAY + timedelta(days=3), standstills.scan, 6)

    assert sum(n for n in found if isinstance(n, int)) == 1
    with hall(street):
        assert notices.unread(team.handler) == 1


def test_two_deciders_decide_once(street: HallRef) -> None:
    with frozen(MONDAY):
        team = Team(street)
        team.in_progress()
    later = MONDAY + timedelta(days=8)
    with frozen(later), hall(street):
        sweeping.sweep()
        card = Card.objects.get(stage="resolve", why="overdue")
        card = appeals.appeal(card_id=card.id, version=1, reason="停机", by=team.handler)

    found = at_once(
        street,
        later,
        lambda: (
            appeals.decide(
                card_id=card.id, version=2, decision="lift", note="属实", by=team.lead
            ).state
        ),
        4,
    )

    assert sorted(map(str, found)) == sorted(map(str, ["lifted", *[Stale] * 3]))
