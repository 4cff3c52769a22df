"""C-79: is a hall ready to open? Check by check, with evidence and the page that mends it."""

import re
from argparse import Namespace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from apps.oversight.rules import DutyRole, Part
from apps.oversight.services import roster
from apps.setup import readiness
from apps.staff import services as staff
from apps.windows.rules import WindowKind
from apps.windows.services import add_queue, add_window
from bancheng.city.catalogue import services as catalogue
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.city.parameters import services as parameters
from bancheng.city.parameters.services import NewValue
from bancheng.config.commands import hall_ready
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db


def states(ref: HallRef) -> dict[str, str]:
    with hall(ref):
        return {one.check.code: one.found.state for one in readiness.of_hall(SYSTEM)}


def params(ref: HallRef, code: str) -> Any:
    with hall(ref):
        return next(one.found.params for one in readiness.of_hall(SYSTEM) if one.check.code == code)


def test_an_empty_hall_is_not_ready_and_says_what_is_missing(street: HallRef) -> None:
    found = states(street)

    missing = {code for code, state in found.items() if state == "missing"}
    assert missing >= {"departments", "desk_roles", "four_eyes", "lines", "windows", "items"}
    assert params(street, "desk_roles") == {"roles": ["hall_admin", "shift_lead", "desk_officer"]}


def test_a_unit_where_nobody_signs_is_named(street: HallRef) -> None:
    unit = department_in(street, "公安科")
    department_in(street, "民政科")
    staff_in(street, Role.DEPT_HANDLER, department=unit)

    assert params(street, "department_people") == {"count": 1, "names": ["民政科"]}


def test_a_line_that_no_window_calls_is_named(street: HallRef, city: HallRef) -> None:
    with hall(city):
        catalogue.put_service_items(items=[ServiceItemRef("A1", "甲", "民政")], by=SYSTEM)
    with hall(street):
        served = add_queue(prefix="A", name="综合", by=SYSTEM, item_codes=["A1", "GONE"])
        add_queue(prefix="B", name="社保", by=SYSTEM)
        add_window(
            number="1", name="综合窗口", kind=WindowKind.INTEGRATED, queue_ids=[served], by=SYSTEM
        )

    assert params(street, "windows") == {"count": 1, "names": ["B 社保"]}
    assert params(street, "line_items") == {"names": ["GONE"]}
    assert states(street)["items"] == "ok"


def test_a_refusal_needs_two_who_may_approve(street: HallRef) -> None:
    staff_in(street, Role.SHIFT_LEAD)
    assert states(street)["four_eyes"] == "missing"

    staff_in(street, Role.HALL_ADMIN)
    assert states(street)["four_eyes"] == "ok"


def test_a_level_of_the_ladder_that_reaches_nobody_is_named(street: HallRef) -> None:
    staff_in(street, Role.SHIFT_LEAD, Role.DEPT_LEAD, Role.HALL_ADMIN)
    assert params(street, "ladder") == {"levels": [], "roles": ["supervisor"]}

    staff_in(street, Role.SUPERVISOR)
    with hall(street):
        given = NewValue("oversight.ladder.yellow", [], "试行", clock.today())
        parameters.decide(given, by=SYSTEM)
    assert params(street, "ladder") == {"levels": ["yellow"], "roles": []}


def test_opening_hours_that_nobody_decided_are_a_warning(street: HallRef) -> None:
    assert states(street)["opening_hours"] == "warn"

    with hall(street):
        week: dict[str, object] = {"regular": "09:00-12:00,13:00-17:00"}
        parameters.decide(NewValue("time.opening_hours", week, "通知", clock.today()), by=SYSTEM)
    assert states(street)["opening_hours"] == "ok"


def test_only_who_sets_a_hall_up_sees_it(street: HallRef) -> None:
    with hall(street), pytest.raises(Forbidden):
        readiness.of_hall(staff_in(street, Role.WINDOW_CLERK))
    caller = caller_for(street, staff_in(street, Role.SHIFT_LEAD))

    body = caller.get("setup/readiness").json()

    assert (body["hall"], body["ready"]) == (street.name, False)
    assert next(one["step"] for one in body["checks"]) == "hall"
    assert {one["page"][0] for one in body["checks"]} == {"/"}


def test_looking_costs_a_fixed_number_of_queries(
    street: HallRef, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        department_in(street, f"单位{n}")
    with hall(street):
        for letter in "ABCDE":
            add_queue(prefix=letter, name=letter, by=SYSTEM)
        with django_assert_max_num_queries(40):
            readiness.of_hall(SYSTEM)


def test_a_check_is_declared_once_and_for_a_step_there_is() -> None:
    with pytest.raises(ValueError, match="unknown step"):
        readiness.check("x", step="nowhere", page="/")
    with pytest.raises(ValueError, match="declared twice"):
        readiness.check("lines", step="windows", page="/")(lambda: readiness.Found("ok"))


def test_a_hall_with_everything_is_ready(street: HallRef, city: HallRef) -> None:
    with hall(city):
        catalogue.put_service_items(items=[ServiceItemRef("A1", "甲", "民政")], by=SYSTEM)
    unit = department_in(street)
    lead = staff_in(street, Role.SHIFT_LEAD, Role.SUPERVISOR, Role.DISCIPLINE_OBSERVER)
    staff_in(street, Role.HALL_ADMIN, Role.DESK_OFFICER, Role.WINDOW_CLERK, Role.GUIDANCE_OFFICER)
    staff_in(street, Role.DEPT_LEAD, department=unit)
    with hall(street):
        line = add_queue(prefix="A", name="综合", by=SYSTEM, item_codes=["A1"])
        add_window(
            number="1", name="综合窗口", kind=WindowKind.INTEGRATED, queue_ids=[line], by=SYSTEM
        )
        for kind in ("display", "kiosk"):
            staff.pair_device(name=kind, kind=kind, by=SYSTEM)
        for key in ("windows.sign_phone", "cases.remedy_text"):
            parameters.decide(NewValue(key, "0000-5550100", "通知", clock.today()), by=SYSTEM)
        week: dict[str, object] = {"regular": "09:00-17:00"}
        parameters.decide(NewValue("time.opening_hours", week, "通知", clock.today()), by=SYSTEM)
        plan_duty(lead)

    assert {code: state for code, state in states(street).items() if state != "ok"} == {}


def plan_duty(person: Any) -> None:
    """The person on duty on each of seven days."""
    for n in range(7):
        day = clock.today() + timedelta(days=n)
        roster.assign(
            day=day, part=Part.MORNING, role=DutyRole.DESK, post=person.post_id, by=SYSTEM
        )


def test_the_command_says_the_same_and_its_status_says_whether(
    street: HallRef, capsys: pytest.CaptureFixture[str]
) -> None:
    status = hall_ready.run(Namespace(host=street.host, json=False))

    shown = capsys.readouterr().out
    assert status == 1
    assert "missing  desk_roles         roles=hall_admin,shift_lead,desk_officer" in shown
    assert shown.endswith(f"{street.name}: not ready\n")
    assert hall_ready.run(Namespace(host="nowhere.localhost", json=True)) == 1


def test_every_check_leads_to_a_page_of_the_console() -> None:
    router = (settings.ROOT / "frontend" / "src" / "staff" / "router.ts").read_text("utf-8")
    pages = re.findall(r'path: "(/[a-z]+)(?:/:[a-z]+\(([^)]*)\))?', router)
    known = {start for start, _ in pages} | {
        f"{start}/{part}" for start, parts in pages for part in parts.split("|")
    }

    assert {one.page for one in readiness.checks()} - known == set()
