"""The hall's board over HTTP."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.windows import services
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def test_the_board_shows_windows_waiting_people_and_todays_figures(street: HallRef) -> None:
    z, a = queue_in(street, position=1), queue_in(street, "A", "综合业务", position=2)
    clerk, lead = staff_in(street, Role.WINDOW_CLERK), staff_in(street, Role.SHIFT_LEAD)
    window = window_in(street, [z, a], clerk=clerk)
    with clock.frozen(clock.now() - timedelta(seconds=1)):
        tickets_in(street, z, 3)
    with hall(street):
        services.call_next(window_id=window, by=clerk)

    answer = caller_for(street, lead).get("board")

    body: Any = json.loads(answer.content)
    waiting = [(line["queue"]["prefix"], line["count"]) for line in body["waiting"]]
    assert waiting == [("Z", 2), ("A", 0)]
    assert body["waiting"][0]["oldest_wait_seconds"] >= 1
    assert body["waiting"][1]["oldest_wait_seconds"] is None
    assert body["windows"][0]["current_ticket"]["number"] == "Z001"
    assert body["today"] == {
        "receptions": 0,
        "cases": 0,
        "due_today": 0,
        "overdue": 0,
        "yellow": 0,
        "red": 0,
    }
    assert (body["cards"], body["referrals_waiting"]) == ([], 0)
    assert answer["X-Event-Seq"] == "board=5, queue=5"


def test_the_board_takes_a_fixed_number_of_queries(street: HallRef) -> None:
    queue = queue_in(street)
    caller = caller_for(street, staff_in(street, Role.HALL_ADMIN))
    for number in range(4):
        window_in(street, [queue], str(number), staff_in(street, Role.WINDOW_CLERK))
    tickets_in(street, queue, 20)
    caller.get("board")

    with CaptureQueriesContext(connection) as found:
        answer = caller.get("board")

    assert answer.status_code == 200
    assert len(found) <= 16


@pytest.mark.parametrize("role", [Role.ANALYST, Role.DEPT_HANDLER, Role.ASSISTANT])
def test_people_without_the_board_are_refused(street: HallRef, role: Role) -> None:
    answer = caller_for(street, staff_in(street, role)).get("board")

    assert (answer.status_code, json.loads(answer.content)["code"]) == (403, "forbidden")
