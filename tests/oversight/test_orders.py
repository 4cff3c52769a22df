"""Urging, supervision and orders to put right (domain.md §2.5, C-40). 2026-03-02 is a Monday."""

from typing import Any

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.notices import queries as notices
from apps.oversight import queries
from apps.oversight.errors import (
    AlreadySupervised,
    CaseIsOver,
    OrderNotOpen,
    UrgedToday,
)
from apps.oversight.models import Order
from apps.oversight.rules import OrderReason
from apps.oversight.services import orders, urging
from apps.oversight.services.orders import Wish
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
MONDAY = at("2026-03-02 10:00")
WISH = Wish(OrderReason.OVERDUE, "超期未办，群众多次来电。", "两个工作日内办结并说明原因。")


@pytest.fixture
def supervisor(team: Team) -> Actor:
    return people.staff_in(team.ref, Role.SUPERVISOR)


@pytest.fixture
def case(team: Team) -> Case:
    with frozen(MONDAY):
        return team.in_progress()


def current(team: Team, case: Case) -> Any:
    with hall(team.ref):
        return Case.objects.get(id=case.id)


def clocks(team: Team, case: Case) -> dict[str, str]:
    with hall(team.ref):
        rows = Deadline.objects.filter(case=case, ended="", stage__in=("supervise", "rectify"))
        return {row.stage: f"{row.due_at.astimezone(ZONE):%m-%d %H:%M}" for row in rows}


def told(team: Team, person: Actor) -> list[str]:
    with hall(team.ref):
        return [row.kind for row in notices.own(person).order_by("at", "id")]


def urge(team: Team, case: Case, when: str, by: Actor) -> Any:
    with frozen(at(when)), hall(team.ref):
        version = current(team, case).version
        return urging.urge(case_id=case.id, version=version, text="请尽快办理。", by=by)


def supervise(team: Team, case: Case, by: Actor, wish: Wish = WISH) -> Order:
    with frozen(MONDAY), hall(team.ref):
        version = current(team, case).version
        orders.supervise(case_id=case.id, version=version, wish=wish, by=by)
        return Order.objects.get(case=case.id, state="open")


def answer(team: Team, order: Order, by: Actor) -> Order:
    with frozen(at("2026-03-03 10:00")), hall(team.ref):
        return orders.answer(
            order_id=order.id, version=order.version, text="已办结。", proof="办结通知书", by=by
        )


def decide(team: Team, order: Order, decision: str, by: Actor) -> Order:
    with frozen(at("2026-03-03 15:00")), hall(team.ref):
        return orders.decide(
            order_id=order.id,
            version=order.version,
            decision=decision,
            note="请补证明",
            days=None,
            by=by,
        )


def test_a_letter_goes_to_the_unit_and_its_lead_and_into_the_history(
    team: Team, case: Case
) -> None:
    unit_lead = people.staff_in(team.ref, Role.DEPT_LEAD, department=team.unit)

    urge(team, case, "2026-03-03 10:00", team.desk)

    assert told(team, team.handler) == ["oversight.urge"]
    assert told(team, unit_lead) == ["oversight.urge"]
    with hall(team.ref):
        line = CaseEvent.objects.filter(case=case).order_by("-seq")[0]
    assert (line.kind, line.note) == ("oversight.urge", "请尽快办理。")
    assert (line.before, line.after) == ("in_progress", "in_progress")
    assert (line.data["unit"]["name"], line.data["reached"]) == ("民政科", 2)


def test_a_case_is_urged_once_a_day(team: Team, case: Case) -> None:
    urge(team, case, "2026-03-03 10:00", team.desk)

    with pytest.raises(UrgedToday):
        urge(team, case, "2026-03-03 16:00", team.lead)
    assert current(team, case).version == case.version + 1

    urge(team, case, "2026-03-04 09:00", team.desk)


def test_who_may_not_urge_changes_nothing(team: Team, case: Case, district: HallRef) -> None:
    with pytest.raises(Forbidden):
        urge(team, case, "2026-03-03 10:00", team.handler)
    stranger = people.staff_in(district, Role.DESK_OFFICER)
    with hall(district), pytest.raises(NotFound):
        urging.urge(case_id=case.id, version=case.version, text="x", by=stranger)
    with frozen(MONDAY):
        closed = team.closed()
    with pytest.raises(CaseIsOver):
        urge(team, closed, "2026-03-03 10:00", team.desk)
    with hall(team.ref), pytest.raises(Stale):
        urging.urge(case_id=case.id, version=1, text="x", by=team.desk)

    assert current(team, case).version == case.version
    assert current(team, closed).version == closed.version


def test_supervision_marks_the_case_and_starts_a_clock(
    team: Team, case: Case, supervisor: Actor
) -> None:
    """Two working days unless decided otherwise: Monday + 2 = Wednesday at closing."""
    order = supervise(team, case, supervisor)

    assert current(team, case).supervised
    assert clocks(team, case) == {"supervise": "03-04 17:30"}
    assert (order.unit, order.unit_name, order.number) == (team.unit, "民政科", case.number)
    assert told(team, team.handler) == ["oversight.order_ordered"]
    with pytest.raises(AlreadySupervised):
        supervise(team, case, supervisor)


def test_a_supervised_case_is_answered_sent_back_answered_and_closed(
    team: Team, case: Case, supervisor: Actor
) -> None:
    order = answer(team, supervise(team, case, supervisor), team.handler)
    assert (order.state, clocks(team, case)) == ("answered", {})
    assert told(team, supervisor) == ["oversight.order_answered"]

    order = decide(team, order, "reject", supervisor)
    assert (order.state, clocks(team, case)) == ("open", {"supervise": "03-05 17:30"})
    order = decide(team, answer(team, order, team.handler), "accept", supervisor)

    assert (order.state, clocks(team, case)) == ("closed", {})
    assert not current(team, case).supervised
    assert [said["decision"] for said in order.answers] == ["reject", "accept"]
    with hall(team.ref):
        kinds = CaseEvent.objects.filter(case=case, kind__startswith="oversight.").order_by("seq")
        assert [row.kind for row in kinds] == [
            "oversight.supervision",
            "oversight.answer",
            "oversight.rejected",
            "oversight.answer",
            "oversight.closed",
        ]
        assert chain.verify().broken_at is None


def test_only_the_unit_answers_and_only_who_may_decides(
    team: Team, case: Case, supervisor: Actor
) -> None:
    order = supervise(team, case, supervisor)
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "社保科")
    )
    with pytest.raises(NotFound):
        answer(team, order, other)
    with pytest.raises(Forbidden):
        answer(team, order, team.desk)
    with pytest.raises(Forbidden):
        supervise(team, case, team.lead)
    with pytest.raises(OrderNotOpen):
        decide(team, order, "accept", supervisor)
    answered = answer(team, order, team.handler)
    with pytest.raises(Forbidden):
        decide(team, answered, "accept", team.handler)

    with hall(team.ref):
        now = Order.objects.get(id=order.id)
    assert (now.state, now.version, len(now.answers)) == ("answered", 2, 1)
    assert current(team, case).supervised


def test_a_unit_is_ordered_to_put_right_what_is_no_case(team: Team, supervisor: Actor) -> None:
    """C-40: five working days, answered with proof, accepted by who ordered."""
    with frozen(MONDAY), hall(team.ref):
        order = orders.rectify(unit=team.unit, case_id=None, wish=WISH, by=supervisor)
    assert order.due_at == at("2026-03-09 17:30")

    closed = decide(team, answer(team, order, team.handler), "accept", supervisor)

    assert (closed.state, closed.answers[0]["proof"]) == ("closed", "办结通知书")


def test_a_unit_ordered_about_a_case_it_does_not_see_gets_no_case(
    team: Team, case: Case, supervisor: Actor
) -> None:
    """It answers, and the line stands in the case all the same."""
    unit = people.department_in(team.ref, "社保科")
    person = people.staff_in(team.ref, Role.DEPT_LEAD, department=unit)
    with frozen(MONDAY), hall(team.ref):
        order = orders.rectify(unit=unit, case_id=case.id, wish=WISH, by=supervisor)
        assert queries.order(order.id, person)["case"] is None
        assert queries.order(order.id, supervisor)["case"]["number"] == case.number

    answer(team, order, person)

    with hall(team.ref):
        assert CaseEvent.objects.filter(case=case, kind="oversight.answer").count() == 1


def test_unknown_units_are_refused(team: Team, supervisor: Actor, case: Case) -> None:
    with hall(team.ref):
        with pytest.raises(Invalid):
            orders.rectify(unit=case.id, case_id=None, wish=WISH, by=supervisor)
        with pytest.raises(Forbidden):
            orders.rectify(unit=team.unit, case_id=None, wish=WISH, by=team.desk)
        assert not Order.objects.exists()
