"""Who is on duty, who stands in, what the shift wrote down (C-37); since opening (C-75)."""

from datetime import date

import pytest

from apps.notices import queries as notices
from apps.oversight import queries
from apps.oversight.errors import DutyIsPast, OnDutyTwice
from apps.oversight.models import DutyShift
from apps.oversight.opening import since_opening
from apps.oversight.rules import DutyRole, Part
from apps.oversight.services import roster
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)


def assign(team: Team, person: Actor, day: date = TUESDAY, part: Part = Part.DAY) -> DutyShift:
    assert person.post_id is not None
    with frozen(at("2026-03-02 10:00")), hall(team.ref):
        return roster.assign(
            day=day, part=part, role=DutyRole.DESK, post=person.post_id, by=team.lead
        )


def week(team: Team) -> list[tuple[str, str, str, str]]:
    with hall(team.ref):
        rows = queries.duty(date(2026, 3, 2), date(2026, 3, 8), team.clerk)
        return [(f"{row.day:%d} {row.part}", row.name, row.state, row.cover_name) for row in rows]


def kinds(team: Team, person: Actor) -> list[str]:
    with hall(team.ref):
        return [row.kind for row in notices.own(person).order_by("at", "id")]


def test_an_absence_is_covered_and_everybody_concerned_is_told(team: Team) -> None:
    shift = assign(team, team.desk)
    assert team.clerk.post_id is not None

    with frozen(at("2026-03-02 11:00")), hall(team.ref):
        roster.cover(
            shift_id=shift.id, version=1, post=team.clerk.post_id, reason="事假", by=team.lead
        )

    assert week(team) == [("03 day", "测试员", "absent", "测试员")]
    assert kinds(team, team.desk) == ["oversight.duty_assigned", "oversight.duty_covered"]
    assert kinds(team, team.clerk) == ["oversight.duty_covered"]


def test_two_people_swap_their_shifts(team: Team) -> None:
    first, second = assign(team, team.desk), assign(team, team.clerk, part=Part.MORNING)

    with frozen(at("2026-03-02 11:00")), hall(team.ref):
        roster.swap(shift_id=first.id, version=1, other=second.id, by=team.lead)
        posts = dict(DutyShift.objects.values_list("id", "post"))

    assert posts == {first.id: team.clerk.post_id, second.id: team.desk.post_id}


def test_the_shift_keeps_a_diary_by_its_own_people(team: Team) -> None:
    shift = assign(team, team.desk)
    stranger = people.staff_in(team.ref, Role.DEPT_HANDLER, department=team.unit)

    with frozen(at("2026-03-03 16:00")), hall(team.ref):
        roster.note(shift_id=shift.id, version=1, text="叫号屏重启一次。", by=team.desk)
        with pytest.raises(Forbidden):
            roster.note(shift_id=shift.id, version=2, text="x", by=stranger)
        kept = DutyShift.objects.get(id=shift.id)

    assert [(line["name"], line["text"]) for line in kept.log] == [("测试员", "叫号屏重启一次。")]


def test_what_the_roster_refuses_leaves_it_as_it_was(team: Team, district: HallRef) -> None:
    shift = assign(team, team.desk)
    with pytest.raises(OnDutyTwice):
        assign(team, team.desk)
    with pytest.raises(DutyIsPast):
        assign(team, team.desk, day=date(2026, 2, 27))
    with frozen(at("2026-03-02 11:00")), hall(team.ref):
        with pytest.raises(Forbidden):
            roster.remove(shift_id=shift.id, by=team.desk)
        with pytest.raises(Stale):
            roster.cover(shift_id=shift.id, version=9, post=None, reason="x", by=team.lead)
        with pytest.raises(Invalid):
            roster.swap(shift_id=shift.id, version=1, other=shift.id, by=team.lead)
    with hall(district), pytest.raises(NotFound):
        roster.remove(shift_id=shift.id, by=people.staff_in(district, Role.SHIFT_LEAD))
    with frozen(at("2026-03-05 11:00")), hall(team.ref), pytest.raises(DutyIsPast):
        roster.remove(shift_id=shift.id, by=team.lead)

    assert week(team) == [("03 day", "测试员", "planned", "")]


def test_a_duty_to_come_is_taken_off_again(team: Team) -> None:
    shift = assign(team, team.desk)

    with frozen(at("2026-03-02 11:00")), hall(team.ref):
        roster.remove(shift_id=shift.id, by=team.lead)

    assert week(team) == []


def test_since_opening_the_sum_comes_out(team: Team) -> None:
    """C-75: registered = open + closed, closed = the sum of the outcomes. From Monday, 2 March,
    to Friday, 6 March, are five days."""
    with frozen(at("2026-03-02 10:00")):
        team.registered()
        team.in_progress()
        team.closed()

    with frozen(at("2026-03-06 10:00")), hall(team.ref):
        found = since_opening(team.lead)

    assert found == {
        "opened_on": date(2026, 3, 2),
        "days": 5,
        "registered": 3,
        "taken_over": 0,
        "open": 2,
        "closed": 1,
        "outcomes": [{"outcome": "done", "count": 1}],
        "reconciled": True,
    }
