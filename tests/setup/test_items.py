"""The network's items are its city hall's; a hall says what it does differently."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.setup.services import items
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue.errors import ItemExists
from bancheng.city.catalogue.queries import AtHall, Material, ServiceItemRef
from bancheng.city.parameters.errors import NotTheCity
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.support.clients import caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
ITEM = ServiceItemRef(
    "YJ-MZ-01",
    "高龄津贴申领",
    "民政",
    ("street",),
    10,
    (Material("申请表"), Material("存折", False)),
)
BODY: dict[str, Any] = {
    "code": "YJ-MZ-01",
    "name": "高龄津贴申领",
    "unit": "民政",
    "levels": ["street", "district"],
    "limit_days": 10,
    "materials": [{"name": "申请表", "primary": True}],
    "since": None,
    "until": None,
}


@pytest.fixture
def item(city: HallRef) -> UUID:
    with hall(city):
        return items.add(ITEM, by=SYSTEM)


def codes(ref: HallRef) -> list[str]:
    with hall(ref):
        return [one.code for one in catalogue.service_items()]


def test_an_added_item_is_offered_in_every_hall_of_the_network_and_in_no_other(
    item: UUID, street: HallRef, stranger: HallRef
) -> None:
    with hall(street):
        assert catalogue.service_item("YJ-MZ-01") == ITEM

    assert (codes(street), codes(stranger)) == (["YJ-MZ-01"], [])


def test_a_code_is_given_once(item: UUID, city: HallRef) -> None:
    with hall(city), pytest.raises(ItemExists):
        items.add(ITEM, by=SYSTEM)


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name": " "}, {"name": ["required"]}),
        ({"limit_days": 251}, {"limit_days": ["out_of_range"]}),
        ({"materials": (Material("a"), Material("a", False))}, {"materials": ["twice"]}),
    ],
)
def test_an_item_that_makes_no_sense_is_refused(
    city: HallRef, wrong: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    with hall(city), pytest.raises(Invalid) as refused:
        items.add(ServiceItemRef(**{"code": "X", "name": "甲", "unit": ""} | wrong), by=SYSTEM)

    assert refused.value.params == {"errors": errors}
    assert codes(city) == []


def test_an_item_is_offered_between_its_first_and_its_last_day(city: HallRef) -> None:
    today, day = clock.today(), timedelta(days=1)
    with hall(city):
        for code, since, until in (
            ("A-today", today, today),
            ("B-over", None, today - day),
            ("C-coming", today + day, None),
        ):
            items.add(ServiceItemRef(code, code, "", since=since, until=until), by=SYSTEM)
        caller = caller_for(city, staff_in(city, Role.HALL_ADMIN))

        assert codes(city) == ["A-today"]
        for state, expected in (("current", "A"), ("ended", "B"), ("coming", "C"), ("all", "ABC")):
            found = caller.get(f"setup/items?state={state}").json()["results"]
            assert "".join(one["code"][0] for one in found) == expected


def test_changing_an_item_needs_the_version_that_was_seen(item: UUID, city: HallRef) -> None:
    with hall(city):
        assert items.change(item_id=item, version=1, item=ITEM, by=SYSTEM) == 2
        with pytest.raises(Stale):
            items.change(item_id=item, version=1, item=ITEM, by=SYSTEM)
        renamed = ServiceItemRef("OTHER", "x", "")
        with pytest.raises(Invalid):
            items.change(item_id=item, version=2, item=renamed, by=SYSTEM)


def test_an_unknown_item_is_not_found(city: HallRef) -> None:
    with hall(city), pytest.raises(NotFound):
        items.change(item_id=UUID(int=1), version=1, item=ITEM, by=SYSTEM)


def test_a_district_adds_and_changes_nothing(item: UUID, district: HallRef) -> None:
    with hall(district):
        admin = staff_in(district, Role.HALL_ADMIN)
        with pytest.raises(Forbidden):
            items.add(ITEM, by=admin)
        with pytest.raises(NotTheCity):
            items.add(ITEM, by=staff_in(district, Role.CITY_ADMIN))
        with pytest.raises(NotTheCity):
            items.change(item_id=item, version=1, item=ITEM, by=SYSTEM)
        assert catalogue.item_row(item).version == 1


def test_a_hall_that_does_not_offer_an_item_leaves_it_out_and_no_other_hall_does(
    item: UUID, street: HallRef, other_street: HallRef
) -> None:
    with hall(street):
        items.do_here(
            item_id=item, wanted=AtHall("", offered=False, since=clock.today()), by=SYSTEM
        )

    assert (codes(street), codes(other_street)) == ([], ["YJ-MZ-01"])

    with hall(street):
        items.do_as_the_network(item_id=item, by=SYSTEM)
    assert codes(street) == ["YJ-MZ-01"]


def test_a_hall_promises_sooner_from_a_day_on(item: UUID, street: HallRef) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with hall(street):
        items.do_here(item_id=item, wanted=AtHall("", limit_days=5, since=clock.today()), by=SYSTEM)
        assert catalogue.service_items()[0].limit_days == 5

        items.do_here(item_id=item, wanted=AtHall("", limit_days=3, since=tomorrow), by=SYSTEM)
        assert catalogue.service_items()[0].limit_days == 10


def test_an_administrator_adds_reads_changes_and_overrides_over_http(
    city: HallRef, street: HallRef
) -> None:
    boss = caller_for(city, staff_in(city, Role.CITY_ADMIN))
    local = caller_for(street, staff_in(street, Role.HALL_ADMIN))

    made = boss.post("setup/items", BODY)
    path = f"setup/items/{made.json()['id']}"
    changed = boss.post(path, BODY | {"name": "高龄津贴", "limit_days": 7}, version=1)
    here = local.post(f"{path}/here", {"offered": True, "place": "二楼 12 号窗", "limit_days": 5})

    assert (made.status_code, changed.status_code, here.status_code) == (201, 200, 200)
    assert changed["ETag"] == '"v2"'
    assert here.json()["here"]["place"] == "二楼 12 号窗"
    listed = local.get("setup/items?q=津贴").json()
    assert (listed["keeps"], listed["results"][0]["limit_days"]) == (False, 7)
    assert boss.get("setup/items").json()["results"][0]["here"] is None
    assert local.post(path, BODY, version=2).status_code == 403
    assert local.delete(f"{path}/here").status_code == 204
    with hall(street):
        kept = AuditEntry.objects.values_list("body__action", flat=True)
        assert sorted(one for one in kept if one.startswith("setup.")) == [
            "setup.item_as_the_network",
            "setup.item_here",
        ]


def test_forms_read_what_an_item_asks_for_and_promises_here(
    item: UUID, street: HallRef, stranger: HallRef
) -> None:
    """C-62: and where in the house it is done, for the slip to take home."""
    with hall(street):
        here = AtHall("", limit_days=5, place="二楼 12 号窗口", since=clock.today())
        items.do_here(item_id=item, wanted=here, by=SYSTEM)
    clerk = caller_for(street, staff_in(street, Role.DEPT_HANDLER))
    other = caller_for(stranger, staff_in(stranger, *Role))

    found = clerk.get("catalogue/item?code=YJ-MZ-01").json()["item"]

    assert (found["limit_days"], found["place"]) == (5, "二楼 12 号窗口")
    assert found["materials"] == [
        {"name": "申请表", "primary": True},
        {"name": "存折", "primary": False},
    ]
    assert other.get("catalogue/item?code=YJ-MZ-01").json() == {"item": None}
    assert clerk.get("catalogue/item").json() == {"item": None}


def test_an_item_of_another_network_is_unknown(item: UUID, stranger: HallRef) -> None:
    other = caller_for(stranger, staff_in(stranger, *Role))

    assert other.get(f"setup/items/{item}").status_code == 404
    assert other.post(f"setup/items/{item}", BODY, version=1).status_code == 404
    assert other.post(f"setup/items/{item}/here", {"offered": False}).status_code == 404
    assert other.get("setup/items?state=all").json()["results"] == []


def test_a_page_of_items_costs_the_same_for_one_and_for_many(
    city: HallRef, django_assert_num_queries: Any
) -> None:
    with hall(city):
        caller = caller_for(city, staff_in(city, Role.HALL_ADMIN))
        for n in range(30):
            items.add(ServiceItemRef(f"N{n:02}", f"事项{n}", ""), by=SYSTEM)

        first = caller.get("setup/items?limit=20").json()
        with django_assert_num_queries(3):
            caller.get("setup/items?limit=20")
        second = caller.get(f"setup/items?limit=20&cursor={first['next']}").json()

    assert (len(first["results"]), len(second["results"]), second["next"]) == (20, 10, None)
