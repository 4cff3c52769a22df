"""Statements per request of the steps of accountability, pinned (as in test_what_it_costs)."""

from typing import Any

import pytest

from apps.cases.models import Case
from bancheng.city.calendar import queries as calendar
from bancheng.city.parameters import queries as parameters
from bancheng.kernel.hall import HallRef
from tenants import directory, lineage
from tests.cases.test_what_it_costs import statements
from tests.support.cases import Team
from tests.support.catalogue import BASIS, regulations_of
from tests.support.clients import Caller, caller_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for half a minute is kept for the whole test, however slow the machine."""
    for module in (calendar, directory, lineage, parameters):
        monkeypatch.setattr(module, "_REMEMBERED_SECONDS", 3_600.0)


@pytest.fixture
def team(street: HallRef) -> Team:
    regulations_of(street)
    return Team(street)


def step(caller: Caller, cases: list[Case], verb: str, body: dict[str, Any]) -> int:
    """The second of two equal requests."""
    left = list(cases)

    def act() -> Any:
        case = left.pop()
        return caller.post(f"cases/{case.id}/{verb}", body, version=case.version)

    return statements(act)


def test_what_each_step_costs(team: Team) -> None:
    """C-36, C-60, C-61, C-68, C-87."""
    desk, clerk = caller_for(team.ref, team.desk), caller_for(team.ref, team.clerk)
    lead, head = caller_for(team.ref, team.lead), caller_for(team.ref, team.head)
    closed = [team.closed() for _ in range(2)]
    to = {"to_post": str(team.lead.post_id)}
    said = {"legal_basis": BASIS.code, "words": "增资以后就能办。", "understood": "yes"}
    back = {"reason_code": "not_our_duty", "note": "x"}
    triaged = [team.triaged() for _ in range(2)]

    costs = {
        "checklist": statements(lambda: desk.get(f"cases/{closed[0].id}/closing-checklist")),
        "hand-over": step(clerk, triaged, "hand-over", to | {"reason": "x"}),
        "report-up": step(
            desk, [team.triaged() for _ in range(2)], "report-up", to | {"question": "x"}
        ),
        "explanation": step(desk, [team.triaged() for _ in range(2)], "explanation", said),
        "return": step(head, [team.dispatched() for _ in range(2)], "return", back),
        "designate": step(
            lead, [team.bounced(3) for _ in range(2)], "designate", {"lead_unit": team.unit}
        ),
        "appeal": step(clerk, closed, "appeal", {"grounds": "x"}),
    }

    assert costs == {
        "checklist": 3,
        "hand-over": 20,
        "report-up": 20,
        "explanation": 16,
        "return": 16,
        "designate": 23,  # two of them so that it can be taken back
        "appeal": 21,  # one of them asks whether the end can still be taken back
    }
