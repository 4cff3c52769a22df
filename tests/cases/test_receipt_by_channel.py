"""When counting starts depends on where a matter came in (domain.md §3.8 item 8).

Saturday 2026-03-07 is an ordinary weekend. At the window (A) the day itself is the start day:
one working day is Monday. Online (B) it counts as received on Monday: one working day is Tuesday.
"""

from datetime import date, datetime

import pytest

from apps.cases.models import Deadline
from apps.cases.rules import Answer, Cause, Difficulty
from apps.cases.services.triage import Finding
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters import services
from bancheng.city.parameters.services import NewValue
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 3, 7, 10, tzinfo=ZONE)
CANNOT = Finding(Answer.NO, Answer.NO, Cause.CANNOT, "A1", Difficulty.SIMPLE, "不符合")


def promised(team: Team, channel: str) -> tuple[date, str]:
    """Two working days to explain what cannot be done, from registration."""
    with frozen(SATURDAY):
        case = team.triaged(CANNOT, channel=channel)
    with hall(team.ref):
        row = Deadline.objects.get(case=case, stage="resolve", ended="")
    return row.due_on, row.rule


def test_online_counts_from_the_next_opening_and_the_window_from_the_day(street: HallRef) -> None:
    with frozen(SATURDAY):
        team = Team(street)

    assert promised(team, "window") == (date(2026, 3, 10), "WD+2")
    assert promised(team, "online") == (date(2026, 3, 11), "WD+2;receipt=B")


def test_the_practice_is_the_places_own(street: HallRef) -> None:
    with frozen(SATURDAY):
        team = Team(street)
        with hall(street):
            for key, value in (("time.receipt_window", "B"), ("time.cutoff", "16:00")):
                services.decide(NewValue(key, value, "试行", date(2026, 3, 7)), by=SYSTEM)

    assert promised(team, "window") == (date(2026, 3, 11), "WD+2;cutoff=16:00;receipt=B")
    parameters.forget()
