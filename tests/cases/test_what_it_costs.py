"""Statements per request, pinned: a list costs the same for one case and for fifty.

Signing in by token is one of them, begin and commit of both transactions are four.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case
from bancheng.kernel.hall import HallRef
from tests.cases.test_case_over_http import CASE, RECEPTION, TRIAGE
from tests.support.cases import Team
from tests.support.clients import caller_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def statements(act: Callable[[], Any]) -> int:
    act()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = act()
    assert answer.status_code in (200, 201), answer.content
    return len(seen)


def test_lists_cost_the_same_however_long(team: Team) -> None:
    desk = caller_for(team.ref, team.desk)
    team.dispatched()
    short = statements(lambda: desk.get("cases"))
    for _ in range(4):
        team.dispatched()

    assert statements(lambda: desk.get("cases")) == short
    assert short == 4  # who asks, where the topic stands, the page, its clocks


def test_what_each_request_costs(team: Team) -> None:
    desk = caller_for(team.ref, team.desk)
    cases: list[Case] = [team.registered() for _ in range(2)]
    receptions = [desk.post("receptions", RECEPTION).json()["id"] for _ in range(2)]

    def register() -> Any:
        return desk.post("cases", CASE | {"reception": receptions.pop()})

    def triage() -> Any:
        case = cases.pop()
        return desk.post(f"cases/{case.id}/triage", TRIAGE, version=case.version)

    triaged = [team.triaged() for _ in range(2)]

    def dispatch() -> Any:
        case = triaged.pop()
        body = {"lead_unit": team.unit}
        return desk.post(f"cases/{case.id}/dispatch", body, version=case.version)

    shown = team.in_progress()
    costs = {
        "reception": statements(lambda: desk.post("receptions", RECEPTION)),
        "new case": statements(register),
        "triage": statements(triage),
        "dispatch": statements(dispatch),
        "case": statements(lambda: desk.get(f"cases/{shown.id}")),
        "referrals": statements(lambda: desk.get("referrals?box=in")),
    }

    assert costs == {
        "reception": 11,
        "new case": 19,  # three of them tell the shift lead of the third visit (C-34)
        "triage": 15,
        "dispatch": 19,  # two of them so that it can be taken back
        "case": 4,  # who asks, how far its topic is, the case, its person
        "referrals": 3,
    }
