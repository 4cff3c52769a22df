"""Pages of what a hall decides hear of it from whoever decides (frontend.md §5)."""

import pytest

from apps.policies import services as policies
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live.models import LiveEvent
from tests.support.clients import caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def heard(ref: HallRef, topic: str) -> list[str]:
    with hall(ref):
        return list(LiveEvent.objects.filter(topic=topic).values_list("kind", flat=True))


def test_a_decision_and_its_withdrawal_are_heard_by_the_settings_pages(street: HallRef) -> None:
    admin = staff_in(street, Role.HALL_ADMIN)
    with hall(street):
        tomorrow = clock.today().replace(year=clock.today().year + 1)
        value = NewValue("cases.undo_seconds", 5, "试行", tomorrow)
        made = policies.decide_value(value, by=admin)
        policies.withdraw_value(made, by=admin)

    assert heard(street, "policies") == [
        "policies.parameter_decided",
        "policies.parameter_withdrawn",
    ]


def test_a_view_of_the_team_is_heard_and_ones_own_is_not(street: HallRef) -> None:
    lead = caller_for(street, staff_in(street, Role.SHIFT_LEAD))
    look = {"name": "本周逾期", "filters": {}, "columns": [], "sort": ""}

    own = lead.post("ledger/views", look | {"team": False})
    before = heard(street, "desk")
    team = lead.post("ledger/views", look | {"name": "全厅逾期", "team": True})

    assert (own.status_code, team.status_code, before) == (201, 201, [])
    assert heard(street, "desk") == ["ledger.view_saved"]
