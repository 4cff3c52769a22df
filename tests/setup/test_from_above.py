"""C-79: a hall takes over what a hall above it decided, after a look; nobody else may look."""

import pytest

from apps.policies import services as policies
from apps.setup import above
from apps.setup.errors import ChangedSince, NotOffered
from apps.setup.services import configuring
from apps.staff import queries as staff
from apps.windows import queries as windows
from apps.windows.services import add_queue
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(district: HallRef) -> HallRef:
    """A district that decided something of what is copied, and something that is inherited."""
    department_in(district, "民政科")
    with hall(district):
        add_queue(prefix="A", name="综合", by=SYSTEM)
        policies.decide_value(NewValue("ledger.bulk_most", 20, "会议", clock.today()), by=SYSTEM)
    return district


def test_the_halls_above_are_offered_nearest_first(
    street: HallRef, district: HallRef, city: HallRef
) -> None:
    with hall(street):
        found = above.offers(SYSTEM)

    assert [(one.id, one.offered) for one in found] == [(district.id, True), (city.id, True)]
    with hall(city):
        assert above.offers(SYSTEM) == []


def test_a_look_and_one_click_bring_what_is_not_inherited(filled: HallRef, street: HallRef) -> None:
    """Parameters and limits of a hall above hold below anyway: a copy would only cut them off."""
    with hall(street):
        diff = configuring.look_above(filled.id, by=SYSTEM)
        assert windows.queues() == []

        made = configuring.take_above(filled.id, seal=diff.seal, by=SYSTEM)

        assert made == {"added": 2, "changed": 0}
        assert {one.part for one in diff.parts}.isdisjoint({"parameters", "limits"})
        assert [one["name"] for one in staff.departments()] == ["民政科"]
        assert [one.prefix for one in windows.queues()] == ["A"]


def test_only_the_chosen_parts_are_taken(filled: HallRef, street: HallRef) -> None:
    with hall(street):
        diff = configuring.look_above(filled.id, by=SYSTEM)

        made = configuring.take_above(filled.id, seal=diff.seal, parts=["lines"], by=SYSTEM)

        assert made == {"added": 1, "changed": 0}
        assert staff.departments() == []


def test_what_changed_above_after_the_look_is_looked_at_again(
    filled: HallRef, street: HallRef
) -> None:
    with hall(street):
        diff = configuring.look_above(filled.id, by=SYSTEM)
    department_in(filled, "人社科")

    with hall(street):
        with pytest.raises(ChangedSince):
            configuring.take_above(filled.id, seal=diff.seal, by=SYSTEM)

        assert staff.departments() == []


def test_the_hall_above_may_keep_it_to_itself(filled: HallRef, street: HallRef) -> None:
    with hall(filled):
        own = NewValue("setup.offered_below", False, "会议", clock.today())
        policies.decide_value(own, by=SYSTEM)
        counted = AuditEntry.objects.count()

    with hall(street):
        assert [one.offered for one in above.offers(SYSTEM)] == [False, True]
        with pytest.raises(NotOffered):
            configuring.look_above(filled.id, by=SYSTEM)
    with hall(filled):
        assert AuditEntry.objects.count() == counted


def test_the_hall_above_sees_who_looked(filled: HallRef, street: HallRef) -> None:
    boss = staff_in(street, Role.HALL_ADMIN)

    with hall(street):
        configuring.look_above(filled.id, by=boss)

    with hall(filled):
        entry = AuditEntry.objects.order_by("-seq").first()
        assert entry is not None
        assert entry.body["action"] == "setup.configuration_read_below"
        assert entry.body["detail"] == {"hall": street.name}
        assert entry.body["by"]["post"] == str(boss.post_id)


def test_a_hall_beside_or_below_is_unknown(
    street: HallRef, other_street: HallRef, district: HallRef
) -> None:
    """Not above is the same as not there: a sister, a hall below, the hall itself."""
    for asker, wanted in ((street, other_street), (district, street), (street, street)):
        with hall(asker), pytest.raises(NotFound):
            configuring.look_above(wanted.id, by=SYSTEM)


def test_a_clerk_gets_nothing_and_a_manager_all_over_http(filled: HallRef, street: HallRef) -> None:
    with hall(street), pytest.raises(Forbidden):
        configuring.look_above(filled.id, by=staff_in(street, Role.WINDOW_CLERK))
    caller = caller_for(street, staff_in(street, Role.HALL_ADMIN))

    halls = caller.get("setup/configuration/above").json()["halls"]
    looked = caller.post("setup/configuration/above/preview", {"hall": halls[0]["id"]}).json()
    taken = caller.post(
        "setup/configuration/above", {"hall": halls[0]["id"], "seal": looked["seal"]}
    )

    assert looked["source"] == filled.name
    assert (taken.status_code, taken.json()) == (201, {"added": 2, "changed": 0})
