"""A reception without a number stands at the window where it happened (M-01, C-31)."""

import pytest

from apps.cases.models import Reception
from apps.cases.rules import ReceptionOutcome
from apps.cases.services import registration
from apps.cases.services.registration import NewReception
from apps.windows import services as windows
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.counters import queue_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
WALK_IN = NewReception(
    matter="咨询", applicant_kind="person", outcome=ReceptionOutcome.CONSULT_ONLY
)


def test_who_walks_in_is_counted_at_the_clerks_own_window(street: HallRef) -> None:
    clerk = staff_in(street, Role.DESK_OFFICER)
    window = window_in(street, [queue_in(street)], clerk=clerk)

    with hall(street):
        registration.receive(WALK_IN, by=clerk)

        assert Reception.objects.get().window_id == window


def test_away_from_a_window_there_is_none_to_count_at(street: HallRef) -> None:
    clerk = staff_in(street, Role.DESK_OFFICER)
    window = window_in(street, [queue_in(street)], clerk=clerk)

    with hall(street):
        windows.close(window_id=window, by=clerk)
        registration.receive(WALK_IN, by=clerk)

        assert Reception.objects.get().window_id is None
