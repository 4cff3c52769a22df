"""What watching costs: statements do not grow with the number of clocks or of rows shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.oversight.services import standstills, sweeping
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import hall
from tests.oversight.conftest import at
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db


def statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def sweep(team: Team, when: str) -> int:
    with frozen(at(when)), hall(team.ref):
        return statements(sweeping.sweep)


def test_a_sweep_costs_the_same_for_one_clock_and_for_twenty(team: Team) -> None:
    """Quiet sweeps: everything that is due is lit and told of already."""
    with frozen(at("2026-03-02 10:00")):
        team.in_progress()
    sweep(team, "2026-03-09 09:00")
    few = sweep(team, "2026-03-09 09:01")
    with frozen(at("2026-03-02 10:00")):
        for _ in range(6):
            team.in_progress()
    sweep(team, "2026-03-09 09:02")

    assert sweep(team, "2026-03-09 09:03") == few
    assert few == 10


def test_looking_for_standstills_costs_the_same_however_many_stand(team: Team) -> None:
    def scan(when: str) -> int:
        with frozen(at(when)), hall(team.ref):
            return statements(standstills.scan)

    with frozen(at("2026-03-02 10:00")):
        team.in_progress()
    scan("2026-03-05 09:00")
    few = scan("2026-03-05 09:05")
    with frozen(at("2026-03-02 10:00")):
        for _ in range(4):
            team.in_progress()
    scan("2026-03-05 09:10")

    assert scan("2026-03-05 09:15") == few
    assert few <= 10


def test_lists_cost_the_same_however_long(team: Team) -> None:
    with frozen(at("2026-03-02 10:00")):
        team.in_progress()
    sweep(team, "2026-03-12 09:00")
    desk = caller_for(team.ref, team.desk)

    def ask() -> dict[str, int]:
        paths = ("cards", "stalls", "orders", "notices")
        return {path: statements(lambda path=path: desk.get(path)) for path in paths}  # type: ignore[misc]

    ask()
    short = ask()
    with frozen(at("2026-03-02 10:00")):
        for _ in range(4):
            team.in_progress()
    sweep(team, "2026-03-12 09:01")

    ask()
    assert ask() == short
    assert short == {"cards": 3, "stalls": 2, "orders": 2, "notices": 3}
