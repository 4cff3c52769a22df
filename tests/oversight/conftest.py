"""A street's team on an ordinary Monday, and the clock as people read it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from apps.oversight.services import sweeping
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def team(street: HallRef) -> Team:
    with frozen(at("2026-03-02 10:00")):
        return Team(street)


@pytest.fixture
def sweep(street: HallRef) -> Callable[[str], sweeping.Swept]:
    """One sweep of the street at a moment."""

    def run(text: str) -> sweeping.Swept:
        with frozen(at(text)), hall(street):
            return sweeping.sweep()

    return run
