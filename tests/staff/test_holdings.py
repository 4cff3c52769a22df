"""What hangs on whoever leaves passes to whom, of every kind (C-61, C-04, C-37, C-40)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.oversight.models import DutyShift, Order
from apps.oversight.rules import DutyRole, OrderReason, Part
from apps.oversight.services import orders, roster
from apps.oversight.services.orders import Wish
from apps.staff import holdings
from apps.staff.errors import CannotTakeOver, StillHolding
from apps.staff.holdings import Heir
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.counters import queue_in, window_in
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)


def heir_of(actor: Actor) -> Heir:
    assert actor.post_id is not None
    return Heir(actor.post_id, actor.name, actor.roles, actor.department_id)


def held(ref: HallRef, post: UUID | None) -> dict[str, int]:
    assert post is not None
    with hall(ref):
        return {one.kind: one.count for one in holdings.of_post(post)}


def test_an_open_window_is_nobodys_to_inherit(street: HallRef, team: Team) -> None:
    window_in(street, [queue_in(street)], clerk=team.clerk)
    heir = staff_in(street, Role.DESK_OFFICER)
    post = team.clerk.post_id
    assert post is not None

    with hall(street), pytest.raises(StillHolding) as refused:
        holdings.leave_post(post, heir_of(heir), SYSTEM)

    assert refused.value.params["holdings"]["windows.open"] == 1


def test_duty_to_come_passes_on_and_past_duty_stays(street: HallRef, team: Team) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    leaving, heir = team.desk, staff_in(street, Role.DESK_OFFICER)
    assert leaving.post_id is not None
    shift: dict[str, Any] = {"part": Part.DAY, "role": DutyRole.DESK, "by": SYSTEM}
    with hall(street):
        for day in (clock.today(), tomorrow):
            roster.assign(day=day, post=leaving.post_id, **shift)
        holdings.leave_post(leaving.post_id, heir_of(heir), SYSTEM)
        rows = dict(DutyShift.objects.values_list("day", "post"))

    assert rows == {clock.today(): leaving.post_id, tomorrow: heir.post_id}


def test_an_order_to_a_department_is_the_heirs_to_answer(street: HallRef, team: Team) -> None:
    other = department_in(street, "档案科")
    wish = Wish(OrderReason.OVERDUE, "超期未办", "三日内办结")
    with hall(street):
        made = orders.rectify(unit=team.unit, case_id=None, wish=wish, by=SYSTEM)
        holdings.leave_department(team.unit, Heir(other, "档案科"), SYSTEM)
        found = Order.objects.get(id=made.id)

    assert (found.unit, found.unit_name, found.version) == (other, "档案科", 2)


def test_a_handler_of_another_unit_cannot_take_over(street: HallRef, team: Team) -> None:
    """Whoever handles a case belongs to the unit that leads it."""
    case = team.replied()
    stranger = staff_in(street, Role.DEPT_HANDLER, department=department_in(street, "档案科"))
    colleague = staff_in(street, Role.DEPT_HANDLER, department=team.unit)
    post = case.handler_post
    assert post is not None

    with hall(street):
        with pytest.raises(CannotTakeOver) as refused:
            holdings.leave_post(post, heir_of(stranger), SYSTEM)
        holdings.leave_post(post, heir_of(colleague), SYSTEM)
        case.refresh_from_db()

    assert refused.value.params == {"kinds": ["cases.handled"]}
    assert (case.handler_post, case.handler_name) == (colleague.post_id, colleague.name)


def test_a_helpers_work_and_her_sight_of_the_case_pass_on(street: HallRef, team: Team) -> None:
    """C-04: the case is open to whoever helps now, and to nobody for what they did before."""
    helper, heir = staff_in(street, Role.ASSISTANT), staff_in(street, Role.ASSISTANT)
    assert helper.post_id is not None
    case = team.in_progress()
    asked = bodies(team.unit, helper.post_id)["assist"]
    item = begin(street, case, "assist", asked, team.desk)[0]
    before = held(street, helper.post_id)

    with hall(street):
        holdings.leave_post(helper.post_id, heir_of(heir), SYSTEM)
        case.refresh_from_db()
        item.refresh_from_db()

    assert before == {"work.items": 1}
    assert (item.post, case.helpers) == (heir.post_id, [heir.post_id])
