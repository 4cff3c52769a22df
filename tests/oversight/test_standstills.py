"""Nobody lets a case lie: owner, lead, supervisor, each after 16 working hours more (C-43, C-90),
and an urgent one is done on the spot (C-30). A working day has seven hours: 16 hours after Monday,
2 March, 10:00 is Wednesday, 4 March, 11:00 … counted below by hand."""

from datetime import datetime

import pytest

from apps.cases.intake.details import Told
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.rules import State, Urgency
from apps.notices import queries as notices
from apps.oversight import queries
from apps.oversight.models import Stall
from apps.oversight.services import standstills
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import hall
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
MONDAY: datetime = at("2026-03-02 10:00")


def scan(team: Team, when: str) -> int:
    with frozen(at(when)), hall(team.ref):
        return standstills.scan()


def told(team: Team, person: Actor) -> list[str]:
    with hall(team.ref):
        rows = notices.own(person).filter(kind__startswith="oversight.").order_by("at", "id")
        return [f"{row.kind.removeprefix('oversight.')} {row.params['level']}" for row in rows]


def test_owner_then_lead_then_supervisor_each_once(team: Team) -> None:
    """Monday 10:00 + 16 h: 5.5 h on Monday, 7 on Tuesday, 3.5 on Wednesday = 12:00. Thirty-two
    hours are over on Friday at 16:00, forty-eight on Wednesday, 11 March, at 11:00."""
    above = people.staff_in(team.ref, Role.SUPERVISOR)
    unit_lead = people.staff_in(team.ref, Role.DEPT_LEAD, department=team.unit)
    with frozen(MONDAY):
        team.in_progress()

    assert scan(team, "2026-03-04 11:59") == 0
    assert scan(team, "2026-03-04 14:01") == 1
    assert scan(team, "2026-03-04 14:06") == 0
    assert (told(team, team.handler), told(team, unit_lead)) == (["idle 1"], ["idle 1"])
    assert scan(team, "2026-03-06 16:01") == 1
    assert (told(team, unit_lead), told(team, above)) == (["idle 1", "idle 2"], [])
    assert scan(team, "2026-03-11 11:01") == 1
    assert told(team, above) == ["idle 3"]


def test_outside_working_hours_nobody_is_told(team: Team) -> None:
    with frozen(MONDAY):
        team.in_progress()

    assert scan(team, "2026-03-04 20:00") == 0
    assert scan(team, "2026-03-05 08:31") == 1


def test_an_action_ends_a_standstill_and_a_new_one_counts_anew(team: Team) -> None:
    with frozen(MONDAY):
        case = team.in_progress()
    scan(team, "2026-03-05 09:00")
    with frozen(at("2026-03-05 10:00")), hall(team.ref):
        seq = case.last_seq + 1
        CaseEvent.objects.create(case=case, seq=seq, kind="contact")

    scan(team, "2026-03-05 11:00")
    with hall(team.ref):
        assert [row.over_at is not None for row in Stall.objects.all()] == [True]
    assert scan(team, "2026-03-09 16:00") == 1


def test_looking_and_urging_are_no_action(team: Team) -> None:
    with frozen(MONDAY):
        case = team.in_progress()
    with frozen(at("2026-03-04 10:00")), hall(team.ref):
        for offset, kind in enumerate(("reveal", "oversight.urge"), start=1):
            CaseEvent.objects.create(case=case, seq=case.last_seq + offset, kind=kind)

    assert scan(team, "2026-03-04 15:00") == 1


def test_a_case_that_was_only_recorded_is_listed_as_such(team: Team) -> None:
    """C-43: recorded only and acted on are told apart."""
    with frozen(MONDAY):
        team.registered()
        team.in_progress()

    scan(team, "2026-03-04 15:00")

    with hall(team.ref):
        rows = queries.stalls(queries.Wanted(), team.desk)
        assert sorted(row.recorded_only for row in rows) == [False, True]


@pytest.mark.parametrize("still", ["paused", "referred", "closed"])
def test_what_waits_for_somebody_else_does_not_stand_still(team: Team, still: str) -> None:
    """Never while paused; never while another hall has the next step."""
    with frozen(MONDAY):
        case = team.in_progress()
    with hall(team.ref):
        if still == "paused":
            Deadline.objects.filter(case=case, ended="").update(ended="paused")
        elif still == "referred":
            Case.objects.filter(id=case.id).update(state=State.REFERRED)
        else:
            Case.objects.filter(id=case.id).update(
                state=State.CLOSED, outcome="withdrawn", closed_at=MONDAY
            )

    assert scan(team, "2026-03-10 10:00") == 0


def test_an_urgent_case_without_a_result_is_told_after_two_working_hours(team: Team) -> None:
    """C-30: registered at 10:00, so from 12:00; the shift's lead and the first responder."""
    with frozen(MONDAY):
        team.registered(urgency=Urgency.URGENT, told=Told(urgency_reason="危重病人"))

    assert scan(team, "2026-03-02 11:59") == 0
    assert scan(team, "2026-03-02 14:01") == 1
    assert scan(team, "2026-03-02 14:06") == 0
    assert told(team, team.lead) == ["on_spot 1"]
    assert told(team, team.clerk) == ["on_spot 1"]
    assert told(team, team.desk) == []


def test_what_another_unit_lets_lie_is_not_shown(team: Team) -> None:
    other = people.staff_in(
        team.ref, Role.DEPT_HANDLER, department=people.department_in(team.ref, "社保科")
    )
    with frozen(MONDAY):
        team.in_progress()
    scan(team, "2026-03-05 10:00")

    with hall(team.ref):
        assert queries.stalls(queries.Wanted(), team.handler).count() == 1
        assert queries.stalls(queries.Wanted(), other).count() == 0
