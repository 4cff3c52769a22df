"""A sheet of items is looked at, then taken over exactly as it was looked at, or not at all."""

import io
import time
from typing import Any

import pytest
from openpyxl import load_workbook

from apps.setup import imports, queries
from apps.setup.errors import ChangedSince, RowsWrong
from apps.setup.services import importing, items
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue import services
from bancheng.city.catalogue.queries import Material, ServiceItemRef
from bancheng.city.parameters.errors import NotTheCity
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from bancheng.kernel.sheets.errors import WrongHeader
from bancheng.services.audit.models import AuditEntry
from tests.setup.sheets import encoded, run_down, workbook
from tests.support.clients import caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
KEPT = ServiceItemRef("A1", "甲", "民政", ("district",), 10, (Material("申请表"),))
OLD = ServiceItemRef("B1", "乙", "公安", ("street",))
SHEET = workbook(
    ("A1", "甲", "民政", "区县", 10, "申请表", ""),
    ("B1", "乙", "公安", "区县、街道", "5个工作日", "", "照片"),
    ("C1", "丙", "公安", "市", None, None, None),
)


@pytest.fixture
def known(city: HallRef) -> None:
    with hall(city):
        services.put_service_items(items=[KEPT, OLD], by=SYSTEM)


def everything(ref: HallRef) -> Any:
    with hall(ref):
        return catalogue.all_items(), AuditEntry.objects.count()


def test_a_look_says_what_would_be_added_changed_and_left_and_writes_nothing(
    known: None, city: HallRef
) -> None:
    before = everything(city)
    caller = caller_for(city, staff_in(city, Role.CITY_ADMIN))
    counted = everything(city)[1]

    begun = caller.post("setup/imports", {"kind": "items", "content": encoded(SHEET)}).json()
    run_down(city)
    run = caller.get(f"setup/imports/{begun['id']}").json()
    found = run["plan"]

    assert (begun["state"], run["state"], run["rows"]) == ("looking", "looked", 2)

    assert found["counts"] == {"added": 1, "changed": 1, "ended": 0, "unchanged": 1}
    assert [(one["kind"], one["row"], one["code"]) for one in found["changes"]] == [
        ("changed", 3, "B1"),
        ("added", 4, "C1"),
    ]
    assert found["changes"][0]["cells"] == [
        {"field": "levels", "before": "街道", "after": "区县、街道"},
        {"field": "limit_days", "before": "", "after": "5"},
        {"field": "secondary", "before": "", "after": "照片"},
    ]
    assert everything(city) == (before[0], counted + 1)


def test_what_was_looked_at_is_taken_over_in_one_go(known: None, city: HallRef) -> None:
    with hall(city):
        seal = queries.planned(SHEET, ends_missing=False).seal

        counted = items.take_over(SHEET, ends_missing=False, seal=seal, by=SYSTEM)

        assert counted == {"added": 1, "changed": 1, "ended": 0, "unchanged": 1}
        assert catalogue.service_item("B1") == ServiceItemRef(
            "B1", "乙", "公安", ("district", "street"), 5, (Material("照片", primary=False),)
        )
        again = queries.planned(SHEET, ends_missing=False)
        assert (again.changes, again.unchanged) == ((), 3)


def test_a_whole_list_ends_what_it_does_not_name(known: None, city: HallRef) -> None:
    content = workbook(("A1", "甲", "民政", "区县", 10, "申请表", ""))
    with hall(city):
        seal = queries.planned(content, ends_missing=True).seal
        items.take_over(content, ends_missing=True, seal=seal, by=SYSTEM)

        ended = catalogue.service_item("B1")
        assert ended is not None
        assert ended.until == clock.today()
        assert queries.planned(content, ends_missing=True).changes == ()


def test_a_column_that_is_missing_leaves_what_is_known(known: None, city: HallRef) -> None:
    content = "事项编码,事项名称\nA1,甲改\n".encode("gb18030")
    with hall(city):
        seal = queries.planned(content, ends_missing=False).seal
        items.take_over(content, ends_missing=False, seal=seal, by=SYSTEM)

        assert catalogue.service_item("A1") == ServiceItemRef(
            "A1", "甲改", "民政", ("district",), 10, (Material("申请表"),)
        )


def test_every_wrong_row_is_named_and_nothing_is_taken(known: None, city: HallRef) -> None:
    content = workbook(
        ("A1", "甲", "民政", "区县", 10, "", ""),
        ("A1", "又一个", "民政", "区县", 10, "", ""),
        ("D1", None, "民政", "区县", 10, "", ""),
        ("E1", "戊", "民政", "火星", 10, "", ""),
        ("F1", "己", "民政", "市", 999, "", ""),
        ("G1", "=1+1", "民政", "市", 9, "", ""),
        ("H1", "辛", "民政", "市", 9, "照片", "照片"),
    )
    before = everything(city)
    with hall(city):
        plan = queries.planned(content, ends_missing=False)
        assert [(one.row, one.column, one.code) for one in plan.errors] == [
            (3, "事项编码", "twice"),
            (4, "事项名称", "required"),
            (5, "行使层级", "unknown"),
            (6, "承诺工作日", "out_of_range"),
            (7, "事项名称", "formula"),
            (8, "次要材料", "twice"),
        ]
        with pytest.raises(RowsWrong) as refused:
            items.take_over(content, ends_missing=False, seal=plan.seal, by=SYSTEM)
    assert refused.value.params == {"errors": 6}
    assert everything(city) == before


@pytest.mark.parametrize("day", ["2026-02-30", "不知道", "20260101"])
def test_a_day_that_is_none_is_named(city: HallRef, day: str) -> None:
    content = f"code,name,since\nA1,甲,{day}\n".encode()
    with hall(city):
        errors = queries.planned(content, ends_missing=False).errors

    assert [(one.column, one.code) for one in errors] == [("生效日期", "invalid")]


@pytest.mark.parametrize("day", ["2026-03-01", "2026/3/1", "2026年3月1日", "2026.3.1"])
def test_days_are_read_as_offices_write_them(city: HallRef, day: str) -> None:
    content = f"code,name,since\nA1,甲,{day}\n".encode()
    with hall(city):
        plan = queries.planned(content, ends_missing=False)

    assert str(plan.changes[0].item.since) == "2026-03-01"


def test_a_file_that_was_changed_after_the_look_is_refused(known: None, city: HallRef) -> None:
    before = everything(city)
    with hall(city):
        seal = queries.planned(SHEET, ends_missing=False).seal
        other = workbook(("C1", "丁", "公安", "市", None, None, None))
        for content, ends in ((other, False), (SHEET, True)):
            with pytest.raises(ChangedSince):
                items.take_over(content, ends_missing=ends, seal=seal, by=SYSTEM)
    assert everything(city) == before


def test_items_that_changed_after_the_look_are_looked_at_again(known: None, city: HallRef) -> None:
    with hall(city):
        seal = queries.planned(SHEET, ends_missing=False).seal
        services.put_service_items(items=[ServiceItemRef("B1", "别名", "公安")], by=SYSTEM)
        before = everything(city)
        with pytest.raises(ChangedSince):
            items.take_over(SHEET, ends_missing=False, seal=seal, by=SYSTEM)
    assert everything(city) == before


def test_only_the_citys_administrator_in_the_citys_hall_imports(
    city: HallRef, district: HallRef
) -> None:
    given: dict[str, Any] = {"kind": "items", "content": SHEET, "ends_missing": False}
    with hall(city), pytest.raises(Forbidden):
        importing.begin(**given, by=staff_in(city, Role.HALL_ADMIN))
    with hall(district), pytest.raises(NotTheCity):
        importing.begin(**given, by=staff_in(district, Role.CITY_ADMIN))


def test_a_wrong_header_and_what_is_no_file_have_their_codes(city: HallRef) -> None:
    caller = caller_for(city, staff_in(city, Role.CITY_ADMIN))
    with hall(city), pytest.raises(WrongHeader):
        queries.planned(b"a,b\n1,2\n", ends_missing=False)

    said = []
    for content in (encoded(b"a,b\n1,2\n"), encoded(b"PK\x03\x04nothing")):
        begun = caller.post("setup/imports", {"kind": "items", "content": content}).json()
        run_down(city)
        run = caller.get(f"setup/imports/{begun['id']}").json()
        said.append((run["state"], run["result"]["code"]))
    refused = caller.post("setup/imports", {"kind": "items", "content": "no base64!"})

    assert said == [("failed", "sheets.wrong_header"), ("failed", "sheets.unreadable")]
    assert (refused.status_code, refused.json()["code"]) == (422, "sheets.unreadable")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_imported_again_changes_nothing(known: None, city: HallRef, kind: str) -> None:
    caller = caller_for(city, staff_in(city, Role.HALL_ADMIN))

    answer = caller.get(f"setup/items/export?as={kind}")

    assert f'filename="service-items.{kind}"' in answer["Content-Disposition"]
    with hall(city):
        plan = queries.planned(answer.content, ends_missing=True)
    assert (plan.changes, plan.errors, plan.unchanged) == ((), (), 2)


def test_the_template_has_every_heading_and_can_be_imported(city: HallRef) -> None:
    caller = caller_for(city, staff_in(city, Role.HALL_ADMIN))

    content = caller.get("setup/items/template").content

    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["事项编码*", "事项名称*", "主管部门"]
    with hall(city):
        plan = queries.planned(content, ends_missing=False)
    assert (plan.count("added"), plan.errors) == (1, ())


def test_ten_thousand_rows_are_looked_at_and_taken_over_while_nobody_waits(city: HallRef) -> None:
    """C-83: the request that hands them in is over at once; the list comes whole or not at all."""
    rows = [
        (f"C{n:05}", f"事项{n}", "民政", "区县", 5, "申请表；身份证", "") for n in range(10_000)
    ]
    boss = staff_in(city, Role.CITY_ADMIN)
    with hall(city):
        run = importing.begin(kind="items", content=workbook(*rows), ends_missing=False, by=boss)
        began = time.monotonic()
        importing.go_on(run.id)
        looked = time.monotonic()
        importing.confirm(import_id=run.id, version=2, by=boss)
        importing.go_on(run.id)
        taken = time.monotonic()
        run = imports.one(run.id, boss)
        found = len(catalogue.service_items())

    print(f"10,000 rows: looked at {looked - began:.1f} s, taken over {taken - looked:.1f} s")
    assert (run.state, run.done, run.rows, found) == ("done", 10_000, 10_000, 10_000)
    assert run.result["counts"]["added"] == 10_000
