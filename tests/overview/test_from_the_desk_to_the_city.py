"""What a desk and a window do reaches the city's page: mark, fold, event, answer."""

from typing import Any

import pytest

from apps.cases.rules import ReceptionOutcome
from apps.cases.services import registration
from apps.cases.services.registration import NewReception
from apps.windows import services as windows
from bancheng.city.rollups import marks, services
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import hints
from bancheng.services.live import log as live
from tests.overview.conftest import body_of
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def street_row(caller: Caller, street: HallRef) -> dict[str, Any]:
    rows: list[dict[str, Any]] = body_of(caller.get("city/halls"))["halls"]
    return next(row for row in rows if row["id"] == str(street.id))


def test_a_reception_and_a_call_show_up_at_the_city(
    city: HallRef, street: HallRef, django_capture_on_commit_callbacks: Any
) -> None:
    hints.valkey().delete(marks._KEY)
    analyst = caller_for(city, staff_in(city, Role.ANALYST))
    clerk = staff_in(street, Role.WINDOW_CLERK, Role.DESK_OFFICER)
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    before = street_row(analyst, street)

    with django_capture_on_commit_callbacks(execute=True), hall(street):
        tickets_in(street, queue, 3)
        windows.call_next(window_id=window, by=clerk)
        asked = NewReception(
            matter="问", applicant_kind="person", outcome=ReceptionOutcome.CONSULT_ONLY
        )
        registration.receive(asked, by=clerk)
    folded = services.fold_marked()

    after = street_row(analyst, street)
    assert folded == 1
    assert (before["receptions"], before["live"]) == (0, None)
    assert (after["receptions"], after["wait"]["n"]) == (1, 1)
    assert (after["live"]["waiting"], after["live"]["serving"]) == (2, 1)
    assert after["live"]["open_windows"] == 1
    with hall(city):
        assert live.heads(["city"])["city"] == 1
