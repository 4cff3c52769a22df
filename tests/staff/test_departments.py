"""A hall's departments and its desk's name, administered by itself (C-83)."""

from typing import Any

import pytest
from django.test import Client

from apps.staff.models import Department
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live.models import LiveEvent
from tenants import directory
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(street: HallRef) -> Caller:
    return caller_for(street, staff_in(street, Role.HALL_ADMIN))


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def stored(ref: HallRef) -> Any:
    with hall(ref):
        return list(Department.objects.order_by("id").values()), AuditEntry.objects.count()


def test_a_department_is_added_and_changed(office: Caller) -> None:
    made = office.post("departments", {"name": "档案科", "duty_phone": "0000-5550123"}).json()
    body = {"name": "档案室", "scope": "查档、补证", "position": 3}
    changed = office.post(f"departments/{made['id']}/change", body, version=1)

    assert (made["name"], made["active"], made["people"]) == ("档案科", True, 0)
    assert changed.json() == made | {
        "name": "档案室",
        "duty_phone": "",
        "scope": "查档、补证",
        "position": 3,
        "version": 2,
    }


def test_an_open_list_hears_of_a_new_department(street: HallRef, office: Caller) -> None:
    office.post("departments", {"name": "民政科"})

    with hall(street):
        kinds = LiveEvent.objects.filter(topic="staff").values_list("kind", flat=True)
        assert "staff.department_added" in kinds


def test_a_name_is_given_once(street: HallRef, office: Caller) -> None:
    department_in(street, "档案科")
    unit = department_in(street, "民政科")
    before = stored(street)

    added = office.post("departments", {"name": " 档案科 "})
    renamed = office.post(f"departments/{unit}/change", {"name": "档案科"}, version=1)

    assert code(added) == code(renamed) == (409, "staff.department_exists")
    assert stored(street) == before


def test_a_department_with_work_closes_once_another_takes_it_on(
    street: HallRef, office: Caller
) -> None:
    """Its cases, their clocks and its people go to the other; the history says so."""
    team = Team(street)
    case = team.dispatched()
    heir = department_in(street, "档案科")
    before = stored(street)

    held = {one["kind"] for one in office.get(f"departments/{team.unit}").json()["holdings"]}
    refused = office.post(f"departments/{team.unit}/close", version=1)
    unchanged = stored(street) == before
    closed = office.post(f"departments/{team.unit}/close", {"to": heir}, version=1)
    with hall(street):
        case.refresh_from_db()
        owners = set(case.deadlines.filter(ended="").values_list("owner_name", flat=True))
        last = case.events.order_by("-seq")[0]
    people = office.get(f"people?department={heir}").json()["results"]
    pickers = [row["name"] for row in office.get("departments").json()["results"]]

    assert {"cases.led", "staff.people"} <= held
    assert (code(refused), unchanged) == ((409, "staff.still_holding"), True)
    assert (closed.status_code, closed.json()["active"]) == (200, False)
    assert (case.lead_unit, case.lead_unit_name, owners) == (heir, "档案科", {"档案科"})
    assert (last.kind, last.data["part"], last.data["before"]) == ("succession", "unit", "民政科")
    assert str(team.handler.post_id) in {one["id"] for one in people}
    assert "民政科" not in pickers


def test_an_empty_department_closes_and_opens_again(street: HallRef, office: Caller) -> None:
    unit = department_in(street, "档案科")

    closed = office.post(f"departments/{unit}/close", version=1)
    again = office.post(f"departments/{unit}/reopen", version=2)
    twice = office.post(f"departments/{unit}/reopen", version=3)

    assert (closed.json()["active"], again.json()["active"]) == (False, True)
    assert code(twice) == (409, "staff.not_ended")


def test_the_hall_names_its_desk_and_everybody_sees_it(street: HallRef, office: Caller) -> None:
    """C-83: what the desk is called is the hall's own."""
    place = {
        "desk_name": "朝我说",
        "address": "滨河路 1 号一楼东侧",
        "phone": "0000-5550100",
        "hours": "工作日 9:00-12:00，13:30-17:00",
    }
    told = office.post("hall/desk", place)

    session = office.get("session").json()["hall"]["deskName"]
    shell = Client().get("/p/", headers={"Host": street.host}).content.decode()
    directory.forget()

    assert (told.status_code, told.json(), session) == (200, place, "朝我说")
    assert office.get("hall/desk").json() == place
    if "__BOOT__" not in shell and "frontend.not_built" not in shell:
        assert "滨河路 1 号" in shell


def test_a_hall_names_its_own_desk_only(
    street: HallRef, other_street: HallRef, office: Caller
) -> None:
    office.post("hall/desk", {"desk_name": "朝我说"})
    directory.forget()

    other = directory.by_host(other_street.host)
    directory.forget()

    assert other is not None
    assert other.desk_name == "“办不成事”反映窗口"


def test_a_desk_has_a_name(office: Caller) -> None:
    assert code(office.post("hall/desk", {"desk_name": " "})) == (422, "invalid")
