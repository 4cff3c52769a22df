"""A case given back: in time, by the unit's lead, counted; after the third an arbiter decides."""

from datetime import datetime, timedelta

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.notices.models import Notice
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.unchanged import refused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=clock.ZONE)
BACK = {"reason_code": "not_our_duty", "note": "不属本科职责"}


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def test_a_handler_does_not_give_back_alone(team: Team) -> None:
    """C-68: the unit's lead signs a return."""
    case = team.dispatched()

    status, problem = refused(caller_for(team.ref, team.handler), team, case, "return", BACK)

    assert (status, problem["code"]) == (403, "forbidden")


def test_after_a_day_it_is_too_late(team: Team) -> None:
    """C-68, §2.5 (安阳 50): 24 natural hours after the dispatch, to the second."""
    with frozen(MONDAY):
        case, other = team.dispatched(), team.dispatched()
    lead = caller_for(team.ref, team.head)

    with frozen(MONDAY + timedelta(hours=24)):
        on_time = lead.post(f"cases/{case.id}/return", BACK, version=case.version)
    with frozen(MONDAY + timedelta(hours=24, seconds=1)):
        status, problem = refused(lead, team, other, "return", BACK)

    assert (on_time.status_code, on_time.json()["return_count"]) == (200, 1)
    assert (status, problem["code"]) == (409, "cases.return_too_late")
    assert problem["params"] == {"hours": 24}


def test_the_third_return_goes_to_an_arbiter(team: Team) -> None:
    """C-68: the dispatch is reserved, the arbiters are told, another clock runs."""
    case = team.bounced(3)
    desk = caller_for(team.ref, team.desk)

    status, problem = refused(desk, team, case, "dispatch", {"lead_unit": team.unit})

    assert (status, problem["code"]) == (409, "cases.reserved_to_arbiter")
    assert problem["params"] == {
        "returns": 3,
        "roles": ["hall_admin", "shift_lead", "supervisor"],
    }
    with hall(team.ref):
        running = set(Deadline.objects.filter(case=case, ended="").values_list("stage", flat=True))
        told = set(Notice.objects.filter(subject_id=case.id).values_list("kind", "post"))
    assert running == {"return_decision", "resolve"}
    assert ("cases.arbiter_wanted", team.lead.post_id) in told
    shown = desk.get(f"cases/{case.id}").json()
    assert shown["accountability"]["reserved"] is True
    assert "dispatch" not in shown["allowed_steps"]


def test_two_returns_are_the_desks_own_matter(team: Team) -> None:
    """C-68."""
    case = team.bounced(2)

    assert team.dispatch(case).state == "dispatched"


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.WINDOW_CLERK, Role.DISTRICT_ADMIN])
def test_only_a_named_arbiter_designates(role: Role, team: Team) -> None:
    """C-68: the roles are the parameter's; a desk officer is none of them."""
    case = team.bounced(3)
    somebody = caller_for(team.ref, people.staff_in(team.ref, role))

    status, _ = refused(somebody, team, case, "designate", {"lead_unit": team.unit})

    assert status == 403


def test_nobody_designates_what_is_not_reserved(team: Team) -> None:
    """C-68."""
    case = team.bounced(2)
    lead = caller_for(team.ref, team.lead)

    status, problem = refused(lead, team, case, "designate", {"lead_unit": team.unit})

    assert (status, problem["code"]) == (403, "forbidden")


def test_a_designated_unit_may_not_give_back(team: Team) -> None:
    """C-68, §2.5 (潍坊): designated means handled here."""
    case = team.bounced(3)
    made = caller_for(team.ref, team.lead).post(
        f"cases/{case.id}/designate", {"lead_unit": team.unit}, version=case.version
    )
    assert made.status_code == 200, made.content
    with hall(team.ref):
        case = Case.objects.get(id=case.id)
    head = caller_for(team.ref, team.head)

    status, problem = refused(head, team, case, "return", BACK)

    assert (case.state, case.designated) == ("dispatched", True)
    assert (status, problem["code"]) == (409, "cases.designated_unit")
    with hall(team.ref):
        last = CaseEvent.objects.get(case=case, kind="designate")
        running = set(Deadline.objects.filter(case=case, ended="").values_list("stage", flat=True))
    assert last.data["returns"] == 3
    assert running == {"sign", "contact", "resolve"}


def test_an_objection_names_the_unit_it_belongs_to(team: Team) -> None:
    """C-68: a dispatch objection with a suggestion."""
    case = team.dispatched()
    other = people.department_in(team.ref, "城建科")
    body = BACK | {"suggest_unit": other}

    answer = caller_for(team.ref, team.head).post(
        f"cases/{case.id}/return", body, version=case.version
    )

    assert answer.json()["timeline"][-1]["data"]["suggested_unit"] == {
        "id": str(other),
        "name": "城建科",
    }


def test_the_dispatch_is_timed_from_the_registration(team: Team) -> None:
    """C-39: minutes from registration to dispatch stand in the case."""
    with frozen(MONDAY):
        case = team.triaged()
    with frozen(MONDAY + timedelta(minutes=25)):
        case = team.dispatch(case)

    assert case.dispatched_at is not None
    assert case.dispatched_at - case.registered_at == timedelta(minutes=25)
    assert clock.day_of(case.dispatched_at).isoformat() == "2026-03-02"
