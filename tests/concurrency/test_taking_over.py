"""A sheet or a configuration that two take over at the same moment is taken over once."""

import json
from collections.abc import Callable

import pytest

from apps.setup import configuration, queries
from apps.setup.errors import ChangedSince
from apps.setup.services import configuring, items
from apps.staff import queries as staff
from bancheng.city.catalogue import queries as catalogue
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.concurrency.test_cases import at_once
from tests.setup.sheets import workbook
from tests.support.people import department_in

pytestmark = pytest.mark.usefixtures("committed")
SHEET = workbook(("ZZ-1", "甲", "民政", "区县", 10, "申请表", ""))


def test_a_sheet_of_items_is_taken_over_once(city: HallRef) -> None:
    with hall(city):
        seal = queries.planned(SHEET, ends_missing=False).seal

    def take() -> object:
        return items.take_over(SHEET, ends_missing=False, seal=seal, by=SYSTEM)["added"]

    found = at_once(city, [take, take, take])

    assert sorted(map(str, found)) == sorted(map(str, [1, ChangedSince, ChangedSince]))
    with hall(city):
        assert [item.code for item in catalogue.all_items()].count("ZZ-1") == 1
        assert chain.verify().broken_at is None


def test_a_configuration_is_taken_over_once(street: HallRef, district: HallRef) -> None:
    department_in(district, "不动产登记中心")
    with hall(district):
        document = json.loads(json.dumps(configuration.export(SYSTEM)))
    with hall(street):
        seal = configuring.look(document, by=SYSTEM).seal
        before = len(staff.departments())

    def take() -> object:
        return configuring.take_over(document, seal=seal, by=SYSTEM)["added"]

    acts: list[Callable[[], object]] = [take, take]
    found = at_once(street, acts)

    assert sorted(map(str, found)) == sorted(map(str, [1, ChangedSince]))
    with hall(street):
        assert len(staff.departments()) == before + 1
