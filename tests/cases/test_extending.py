"""More time for a promise: once, asked in time, decided by somebody else (domain.md §2.5, 安阳 50).

Days by hand: dispatched on Monday 2026-03-02, five working days end on Monday 2026-03-09 at 17:30;
three more end on Thursday 2026-03-12.
"""

from datetime import datetime

import pytest

from apps.cases import dossier, permissions
from apps.cases.errors import StepNotAllowed
from apps.cases.models import Case, Deadline
from apps.cases.services import extending, handling, pausing
from apps.cases.services.handling import Reply
from apps.cases.services.pausing import NewPause
from apps.cases.timekeeping.errors import (
    ClockPaused,
    ExtensionLate,
    ExtensionPending,
    ExtensionUsed,
    NoExtensionAsked,
    OwnExtension,
)
from apps.cases.timekeeping.standstill import extensions_of
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONDAY = at("2026-03-02 10:00")


@pytest.fixture
def team(street: HallRef) -> Team:
    with frozen(MONDAY):
        return Team(street)


@pytest.fixture
def head(team: Team) -> Actor:
    return people.staff_in(team.ref, Role.DEPT_LEAD, department=team.unit)


@pytest.fixture
def case(team: Team) -> Case:
    with frozen(MONDAY):
        return team.in_progress()


def ask(team: Team, case: Case, when: str = "2026-03-05 10:00", days: int = 3) -> Case:
    with frozen(at(when)), hall(team.ref):
        return extending.ask(
            case_id=case.id, version=case.version, days=days, reason="需外地核档", by=team.handler
        )


def decide(team: Team, case: Case, by: Actor, decision: str = "approve") -> Case:
    with frozen(at("2026-03-06 10:00")), hall(team.ref):
        return extending.decide(
            case_id=case.id, version=case.version, decision=decision, note="确有必要", by=by
        )


def promise(team: Team, case: Case) -> Deadline:
    with hall(team.ref):
        return Deadline.objects.get(case=case, stage="resolve", ended="")


def dues(team: Team, case: Case) -> tuple[str, str | None]:
    row = promise(team, case)
    first = f"{row.first_due_at.astimezone(ZONE):%m-%d}" if row.first_due_at else None
    return f"{row.due_at.astimezone(ZONE):%m-%d %H:%M}", first


def test_the_units_head_grants_it_and_the_first_date_stays_known(
    team: Team, case: Case, head: Actor
) -> None:
    asked = ask(team, case)
    assert dues(team, asked) == ("03-09 17:30", None)

    granted = decide(team, asked, head)

    assert dues(team, granted) == ("03-12 17:30", "03-09")
    with hall(team.ref):
        body = dossier.read(case.id, head)
    shown = next(one for one in body["deadlines"] if one["stage"] == "resolve")
    assert (str(shown["first_due_on"]), shown["extended_days"]) == ("2026-03-09", 3)
    assert body["extensions"][0]["decision"] == "approve"


def test_a_refused_one_leaves_the_date(team: Team, case: Case, head: Actor) -> None:
    refused = decide(team, ask(team, case), head, "refuse")

    assert dues(team, refused) == ("03-09 17:30", None)


def test_it_survives_a_hand_over(team: Team, case: Case, head: Actor) -> None:
    granted = decide(team, ask(team, case), head)
    with frozen(at("2026-03-10 10:00")), hall(team.ref):
        handling.reply(
            case_id=case.id,
            version=granted.version,
            given=Reply("已更正。", "yes", "done"),
            by=team.handler,
        )

    assert dues(team, case) == ("03-12 17:30", "03-09")


def test_a_pause_and_an_extension_add_up(team: Team, case: Case, head: Actor) -> None:
    """Wednesday and Thursday stood still: Monday 9 becomes Wednesday 11, and three on: Monday."""
    with hall(team.ref):
        with frozen(at("2026-03-04 10:00")):
            held = pausing.pause(
                case_id=case.id,
                version=case.version,
                given=NewPause("applicant_material", "phone"),
                by=team.handler,
            )
        with frozen(at("2026-03-05 20:00")):
            again = pausing.resume(case_id=case.id, version=held.version, note="", by=team.handler)
    assert dues(team, again)[0] == "03-11 17:30"

    granted = decide(team, ask(team, again, "2026-03-06 09:00"), head)

    assert dues(team, granted) == ("03-16 17:30", "03-09")


def refused(kind: type[Refusal], team: Team, case: Case, when: str, days: int = 3) -> None:
    with hall(team.ref):
        before = Case.objects.values().get(id=case.id)
    with pytest.raises(kind):
        ask(team, case, when, days)
    with hall(team.ref):
        assert Case.objects.values().get(id=case.id) == before


def test_asked_late_it_is_refused(team: Team, case: Case) -> None:
    refused(ExtensionLate, team, case, "2026-03-09 17:31")


def test_asked_twice_it_is_refused(team: Team, case: Case, head: Actor) -> None:
    asked = ask(team, case)
    refused(ExtensionPending, team, asked, "2026-03-05 11:00")
    decided = decide(team, asked, head, "refuse")

    refused(ExtensionUsed, team, decided, "2026-03-06 11:00")


@pytest.mark.parametrize("days", [0, 6])
def test_it_lasts_five_working_days_at_most(team: Team, case: Case, days: int) -> None:
    refused(Invalid, team, case, "2026-03-05 10:00", days)


def test_what_stands_still_is_not_extended(team: Team, case: Case) -> None:
    with frozen(at("2026-03-04 10:00")), hall(team.ref):
        held = pausing.pause(
            case_id=case.id, version=case.version, given=NewPause("court", "phone"), by=team.handler
        )

    refused(ClockPaused, team, held, "2026-03-05 10:00")


def test_nobody_decides_about_their_own(team: Team, case: Case) -> None:
    """Asked by the unit's head, it is for who leads the hall."""
    both = people.staff_in(team.ref, Role.DEPT_HANDLER, Role.DEPT_LEAD, department=team.unit)
    with frozen(at("2026-03-05 10:00")), hall(team.ref):
        asked = extending.ask(
            case_id=case.id, version=case.version, days=2, reason="需外地核档", by=both
        )

    with pytest.raises(OwnExtension):
        decide(team, asked, both)

    assert extensions_of(asked)[0].decision == ""
    assert dues(team, decide(team, asked, team.lead))[0] == "03-11 17:30"


def test_who_may_not_ask_or_decide(
    team: Team, case: Case, head: Actor, other_street: HallRef
) -> None:
    elsewhere = people.staff_in(
        team.ref, Role.DEPT_LEAD, department=people.department_in(team.ref, "社保科")
    )
    asked = ask(team, case)
    stranger = people.staff_in(other_street, Role.SHIFT_LEAD)

    for who, kind in ((elsewhere, NotFound), (team.handler, Forbidden), (team.desk, Forbidden)):
        with pytest.raises(kind):
            decide(team, asked, who)
    with pytest.raises(NotFound), hall(other_street):
        extending.decide(
            case_id=case.id, version=asked.version, decision="approve", note="x", by=stranger
        )
    with pytest.raises(Forbidden), hall(team.ref):
        extending.ask(case_id=case.id, version=asked.version, days=2, reason="x", by=team.desk)

    assert dues(team, case) == ("03-09 17:30", None)
    with hall(team.ref):
        assert "extension-decision" in permissions.allowed_steps(head, asked)
        assert "extension-decision" not in permissions.allowed_steps(team.handler, asked)


def test_it_lapses_when_the_case_goes_on_without_it(team: Team, case: Case, head: Actor) -> None:
    asked = ask(team, case)
    with frozen(at("2026-03-05 11:00")), hall(team.ref):
        replied = handling.reply(
            case_id=case.id,
            version=asked.version,
            given=Reply("已更正。", "yes", "done"),
            by=team.handler,
        )

    assert extensions_of(replied)[0].decision == "lapsed"
    with pytest.raises(StepNotAllowed):
        decide(team, replied, head)


def test_nothing_is_decided_that_nobody_asked_for(team: Team, case: Case, head: Actor) -> None:
    with pytest.raises(NoExtensionAsked):
        decide(team, case, head)
