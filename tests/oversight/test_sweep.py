"""The sweep: what lights, for whom, and who is told (domain.md §3.6; peers.md §8 items 6 and 7).
Monday 2026-03-02 is an ordinary working day; hours are 8:30–12:00 and 14:00–17:30."""

from collections.abc import Callable

import pytest

from apps.cases import permissions as cases
from apps.cases.models import Case, Deadline
from apps.cases.services import handling
from apps.notices import queries as notices
from apps.oversight.models import Card
from apps.oversight.services.sweeping import Swept
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team
from tests.support.work import begin

pytestmark = pytest.mark.django_db
Sweep = Callable[[str], Swept]


def lit(team: Team, case: Case, *, reminders: bool = False) -> list[tuple[str, str, str, str]]:
    with hall(team.ref):
        rows = Card.objects.filter(case=case.id).order_by("lit_at", "level")
        return [
            (f"{row.lit_at.astimezone(ZONE):%m-%d %H:%M}", row.stage, row.why, row.owner_name)
            for row in rows
            if row.level or reminders
        ]


def told(team: Team, person: Actor) -> list[str]:
    with hall(team.ref):
        rows = notices.own(person).order_by("at", "id")
        return [f"{row.params['stage']} {row.params['level']}" for row in rows]


def in_progress(team: Team, when: str = "2026-03-02 10:00") -> Case:
    with frozen(at(when)):
        return team.in_progress()


def test_a_promise_that_nobody_keeps_lights_four_cards_once_each(team: Team, sweep: Sweep) -> None:
    case = in_progress(team)

    for when in (
        "2026-03-05 17:00",
        "2026-03-06 08:31",
        "2026-03-06 08:32",
        "2026-03-09 08:31",
        "2026-03-09 17:30",
        "2026-03-09 17:31",
        "2026-03-12 08:31",
        "2026-03-12 08:32",
    ):
        sweep(when)

    unit = "民政科"
    assert lit(team, case) == [
        ("03-06 08:30", "resolve", "one_day_left", unit),
        ("03-09 08:30", "resolve", "due_today", unit),
        ("03-09 17:30", "resolve", "overdue", unit),
        ("03-12 08:30", "resolve", "far_overdue", unit),
    ]


def test_each_level_has_its_audience(team: Team, sweep: Sweep) -> None:
    """Yellow the owner, orange the unit's lead too, red the shift's lead, black those above."""
    unit_lead = people.staff_in(team.ref, Role.DEPT_LEAD, department=team.unit)
    above = people.staff_in(team.ref, Role.SUPERVISOR)
    in_progress(team)

    for when in ("2026-03-06 08:31", "2026-03-09 08:31", "2026-03-10 08:31", "2026-03-12 08:31"):
        sweep(when)

    assert told(team, team.handler) == [
        "resolve yellow",
        "resolve orange",
        "resolve red",
        "resolve black",
    ]
    assert told(team, unit_lead)[1:] == ["resolve orange", "resolve red", "resolve black"]
    assert told(team, team.lead) == ["resolve red", "resolve black"]
    assert told(team, above) == ["resolve black"]
    assert told(team, team.desk) == []


def test_a_unit_that_was_asked_hears_of_its_own_card(team: Team, sweep: Sweep) -> None:
    """C-12: it sees its question and no more of the case; its card is told all the same."""
    case = in_progress(team)
    beside = people.department_in(team.ref, "城建科")
    asked = people.staff_in(team.ref, Role.DEPT_HANDLER, department=beside)
    with frozen(at("2026-03-02 11:00")):
        begin(team.ref, case, "opinion", {"units": [beside], "question": "能否补领？"}, team.lead)
    sweep("2026-03-20 10:00")

    with hall(team.ref):
        assert not cases.visible_to(asked).filter(id=case.id).exists()
        about = {row.subject for row in notices.own(asked) if row.kind == "oversight.card"}
    assert about == {"card"}


def test_what_turns_late_at_closing_is_told_at_the_next_opening(team: Team, sweep: Sweep) -> None:
    """peers.md §8 item 7: lit at its moment, told in working time."""
    in_progress(team)
    sweep("2026-03-09 09:00")

    assert sweep("2026-03-09 17:31") == Swept(lit=1, told=0)
    assert sweep("2026-03-09 23:00") == Swept(lit=0, told=0)
    assert told(team, team.lead) == []
    assert sweep("2026-03-10 08:30") == Swept(lit=0, told=1)
    assert told(team, team.lead) == ["resolve red"]


def test_after_an_outage_every_level_comes_once_and_in_order(team: Team, sweep: Sweep) -> None:
    """Down from 6 March to 12 March: later levels fire after the first (GLPI#5319)."""
    case = in_progress(team)
    sweep("2026-03-05 16:00")

    assert sweep("2026-03-12 10:00") == Swept(lit=4, told=4)

    assert [why for _, _, why, _ in lit(team, case)] == [
        "one_day_left",
        "due_today",
        "overdue",
        "far_overdue",
    ]
    assert told(team, team.handler) == [
        "resolve yellow",
        "resolve orange",
        "resolve red",
        "resolve black",
    ]
    assert sweep("2026-03-12 10:01") == Swept()


def test_what_was_late_and_done_during_an_outage_is_found(team: Team, sweep: Sweep) -> None:
    """Signing was due at 16:00 and done at 16:40, while no sweep ran from 15:30 to 18:30."""
    with frozen(at("2026-03-02 10:00")):
        case = team.dispatched()
    sweep("2026-03-02 15:30")
    with frozen(at("2026-03-02 16:40")), hall(team.ref):
        handling.sign(case_id=case.id, version=case.version, by=team.handler)

    sweep("2026-03-02 18:30")

    assert ("03-02 16:00", "sign", "stage_overdue", "民政科") in lit(team, case)


def test_what_was_done_in_time_lights_nothing(team: Team, sweep: Sweep) -> None:
    with frozen(at("2026-03-02 10:00")):
        case = team.dispatched()
    sweep("2026-03-02 14:30")
    with frozen(at("2026-03-02 15:59")), hall(team.ref):
        handling.sign(case_id=case.id, version=case.version, by=team.handler)

    sweep("2026-03-02 17:00")

    assert "sign" not in [stage for _, stage, _, _ in lit(team, case)]


def test_a_card_stays_with_the_owner_of_its_time(team: Team, sweep: Sweep) -> None:
    """§3.6 “never retroactive”: the desk takes over a promise that is late and gets no red card;
    what happens in its own time lights for the desk."""
    case = in_progress(team)
    sweep("2026-03-09 17:31")
    with frozen(at("2026-03-10 09:00")), hall(team.ref):
        done = handling.reply(
            case_id=case.id,
            version=case.version,
            given=handling.Reply("已更正，可以领证。", "yes", "done"),
            by=team.handler,
        )

    sweep("2026-03-10 09:30")
    sweep("2026-03-12 09:00")

    desk = team.ref.desk_name
    late = [row for row in lit(team, done) if row[1] == "resolve"]
    assert late[-2:] == [
        ("03-09 17:30", "resolve", "overdue", "民政科"),
        ("03-12 08:30", "resolve", "far_overdue", desk),
    ]


def test_a_paused_clock_lights_nothing(team: Team, sweep: Sweep) -> None:
    """peers.md §8 item 6: no breach while paused."""
    case = in_progress(team)
    with hall(team.ref):
        Deadline.objects.filter(case=case, ended="").update(ended="paused")

    sweep("2026-03-12 10:00")

    assert [row for row in lit(team, case) if row[1] == "resolve"] == []


def test_a_warning_ends_with_its_clock_and_a_card_stays(team: Team, sweep: Sweep) -> None:
    case = in_progress(team)
    sweep("2026-03-06 09:00")
    sweep("2026-03-10 09:00")
    with hall(team.ref):
        Deadline.objects.filter(case=case, ended="").update(
            ended="done", done_at=at("2026-03-10 09:30")
        )

    sweep("2026-03-10 10:00")

    with hall(team.ref):
        rows = Card.objects.filter(case=case.id, stage="resolve").order_by("level")
        assert [(row.level, row.state, row.over_at is not None) for row in rows] == [
            (1, "ended", True),
            (2, "ended", True),
            (3, "lit", True),
        ]


def test_a_short_stage_is_reminded_of_before_it_turns_late(team: Team, sweep: Sweep) -> None:
    with frozen(at("2026-03-02 10:00")):
        case = team.dispatched()

    sweep("2026-03-02 15:01")

    assert ("03-02 15:00", "sign", "reminder", "民政科") in lit(team, case, reminders=True)
    assert "sign reminder" in told(team, team.handler)


def test_another_hall_is_not_swept(team: Team, sweep: Sweep, district: HallRef) -> None:
    in_progress(team)
    sweep("2026-03-12 10:00")

    with hall(district):
        assert not Card.objects.exists()
