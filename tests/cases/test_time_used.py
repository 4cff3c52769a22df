"""C-06: how long a matter took, in natural and in working days, from the intake to the result.

Registered on Friday 2026-02-13; 14 February is a make-up Saturday, 15 to 23 February the Spring
Festival. Given on Wednesday 25 February: twelve natural days, three working ones (14, 24, 25).
"""

from datetime import datetime

import pytest

from apps.cases import dossier, queries
from apps.cases.rules import Outcome
from apps.cases.services.closing import OnSpot
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


def test_a_closed_case_tells_both_and_an_open_one_neither(street: HallRef) -> None:
    """C-06"""
    with frozen(datetime(2026, 2, 13, 10, tzinfo=ZONE)):
        team = Team(street)
        closed, open_ = team.triaged(), team.triaged()
    with frozen(datetime(2026, 2, 25, 16, tzinfo=ZONE)):
        team.close(closed, Outcome.WITHDRAWN, OnSpot("spoken_signed", "申请人撤回。"))
        with hall(street):
            rows = queries.summaries(list(queries.listed(queries.Wanted(), team.desk)), team.desk)
            body = dossier.read(closed.id, team.desk)

    used = {row["id"]: row["elapsed"] for row in rows}
    assert used == {closed.id: {"natural_days": 12, "working_days": 3}, open_.id: None}
    assert body["elapsed"] == {"natural_days": 12, "working_days": 3}
