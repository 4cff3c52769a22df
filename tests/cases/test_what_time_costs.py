"""Statements of the steps and pages of time, pinned."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.services import recounting
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def statements(act: Callable[[], Any]) -> int:
    act()
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_what_the_pages_cost(street: HallRef) -> None:
    admin = caller_for(street, staff_in(street, Role.HALL_ADMIN))

    pages = ("calendar/days", "deadline-policies", "parameters")
    found = {path: statements(partial(admin.get, path)) for path in pages}

    assert found == {"calendar/days": 3, "deadline-policies": 2, "parameters": 1}


def test_a_pause_costs_like_any_other_step(street: HallRef) -> None:
    team = Team(street)
    handler = caller_for(street, team.handler)
    cases = [team.in_progress() for _ in range(2)]

    def pause() -> None:
        case = cases.pop()
        body = {"reason": "court", "told": "phone"}
        answer = handler.post(f"cases/{case.id}/pause", body, version=case.version)
        assert answer.status_code == 200, answer.content

    assert statements(pause) <= 23


def test_a_minute_without_news_costs_one_statement(street: HallRef) -> None:
    team = Team(street)
    for _ in range(3):
        team.in_progress()

    with hall(street):
        assert statements(recounting.recount) == 1
