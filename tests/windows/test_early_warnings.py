"""Early warnings about an item, and the case that one becomes (C-24)."""

from typing import Any
from uuid import UUID

import pytest

from apps.cases.models import Case, Reception
from apps.cases.rules import ReceptionOutcome
from apps.cases.services import registration
from apps.windows import board_now, services
from apps.windows.models import Signal
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import caller_for
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

ITEM = "SP-01"


def not_done(street: HallRef, window: UUID, outcome: str = "not_done", item: str = ITEM) -> None:
    services.call_next(window_id=window, by=SYSTEM)
    services.start(window_id=window, by=SYSTEM)
    services.finish(window_id=window, outcome=outcome, item_code=item, by=SYSTEM)


def warned(street: HallRef) -> Any:
    """An open warning about an item."""
    with hall(street):
        services.look_for_rejections(ITEM, elsewhere=3)
        return Signal.objects.get(rule="item_rejected")


def test_an_item_not_done_three_times_is_an_early_warning(street: HallRef) -> None:
    """C-24: “item rejected N times”, whoever asked; one open warning per item, counting on."""
    with hall(street), clock.frozen(MORNING):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
        tickets_in(street, queue, 7)
        for outcome, item in (("not_done", ITEM), ("done", ITEM), ("not_done", ""), ("", ITEM)):
            not_done(street, window, outcome, item)
        not_done(street, window)
        assert board_now.signals().warnings == []
        not_done(street, window)
        (warning,) = board_now.signals().warnings
        assert (warning.rule, warning.item_code) == ("item_rejected", ITEM)
        assert warning.detail == {"times": 3, "within": 30}
        not_done(street, window)
        (warning,) = board_now.signals().warnings
        assert warning.detail["times"] == 4


def test_who_is_turned_away_at_the_desk_counts_against_the_item(street: HallRef) -> None:
    """C-24, C-55."""
    officer = staff_in(street, Role.DESK_OFFICER)
    visit = registration.NewReception(
        matter="办不了",
        applicant_kind="person",
        outcome=ReceptionOutcome.NOT_ACCEPTED,
        service_item=ITEM,
        reason_code="x",
        right_channel="y",
    )
    with hall(street):
        for _ in range(2):
            registration.receive(visit, by=officer)
        assert board_now.signals().warnings == []
        registration.receive(visit, by=officer)
        (warning,) = board_now.signals().warnings
        assert warning.detail["times"] == 3


def test_a_warning_becomes_a_case_in_one_step(street: HallRef) -> None:
    """C-24: a case before anybody complains; it says how it was found."""
    warning, lead = warned(street), staff_in(street, Role.SHIFT_LEAD)
    caller = caller_for(street, lead)
    made = caller.post(f"warnings/{warning.id}/take-up", {"title": "同一事项多次未办成"})
    assert made.status_code == 201, made.content
    with hall(street):
        case = Case.objects.get(id=made.json()["id"])
        taken = Signal.objects.get(id=warning.id)
        assert (case.discovery_source, case.service_item) == ("early_warning", ITEM)
        assert Reception.objects.get().outcome == "registered"
        assert (taken.state, taken.case_id, taken.decided_by) == ("accepted", case.id, lead.name)

    again = caller.post(f"warnings/{warning.id}/take-up", {"title": "x"})
    assert again.json()["code"] == "windows.signal_answered"
    with hall(street):
        assert (Case.objects.count(), Reception.objects.count()) == (1, 1)


def test_who_may_not_take_a_warning_up_leaves_nothing(
    street: HallRef, other_street: HallRef
) -> None:
    """C-24: the shift lead's decision, in this hall."""
    warning = warned(street)
    path = f"warnings/{warning.id}/take-up"
    for role in (Role.WINDOW_CLERK, Role.DESK_OFFICER, Role.ANALYST):
        caller = caller_for(street, staff_in(street, role))
        assert caller.post(path, {"title": "x"}).status_code == 403
    stranger = caller_for(other_street, staff_in(other_street, Role.SHIFT_LEAD))
    assert stranger.post(path, {"title": "x"}).status_code == 404
    with hall(street):
        assert not Case.objects.exists()
        assert not Reception.objects.exists()
        assert Signal.objects.get(id=warning.id).state == "open"
