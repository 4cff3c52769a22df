"""The clock stands still for a listed reason and runs on by itself (domain.md §3.8 item 7).

Days by hand: Monday 2026-03-02 is an ordinary working day; a case of one department has five
working days, so one dispatched on Monday is due on Monday 2026-03-09 at 17:30.
"""

from datetime import date, datetime

import pytest

from apps.cases import permissions, queries
from apps.cases.errors import StepNotAllowed
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.services import handling, pausing
from apps.cases.services.handling import Reply
from apps.cases.services.pausing import NewPause
from apps.cases.timekeeping.cards import Card
from apps.cases.timekeeping.errors import AlreadyPaused, NotPaused, PauseLimit
from apps.cases.timekeeping.standstill import pauses_of
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.models import DeadlinePolicy
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
WAITS = NewPause("applicant_material", "phone", "请补交户口页")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONDAY = at("2026-03-02 10:00")


@pytest.fixture
def team(street: HallRef) -> Team:
    with frozen(MONDAY):
        return Team(street)


@pytest.fixture
def case(team: Team) -> Case:
    with frozen(MONDAY):
        return team.in_progress()


def paused(team: Team, case: Case, when: str, given: NewPause = WAITS, **who: Actor) -> Case:
    with frozen(at(when)), hall(team.ref):
        by = who.get("by", team.handler)
        return pausing.pause(case_id=case.id, version=case.version, given=given, by=by)


def resumed(team: Team, case: Case, when: str) -> Case:
    with frozen(at(when)), hall(team.ref):
        return pausing.resume(case_id=case.id, version=case.version, note="", by=team.clerk)


def promise(team: Team, case: Case) -> Deadline:
    with hall(team.ref):
        rows = Deadline.objects.filter(case=case, stage="resolve").exclude(ended="dropped")
        return rows.get()


def due(team: Team, case: Case) -> str:
    return f"{promise(team, case).due_at.astimezone(ZONE):%m-%d %H:%M}"


def stored(team: Team, case: Case) -> Case:
    with hall(team.ref):
        return Case.objects.get(id=case.id)


def test_a_paused_case_has_no_due_date_and_lights_nothing(team: Team, case: Case) -> None:
    """peers.md §8 item 6: no breach while paused, however long it waits."""
    held = paused(team, case, "2026-03-04 10:00")

    assert held.due_at is None
    with frozen(at("2026-03-25 10:00")), hall(team.ref):
        row = queries.listed(queries.Wanted(), team.desk).get(id=case.id)
        shown = queries.summaries([row], team.desk)[0]
        today = queries.today()
        overdue = queries.listed(queries.Wanted(due="overdue"), team.desk).count()
    assert shown["deadline"] is None
    assert shown["paused"]["reason"] == "applicant_material"
    assert (today.overdue, today.red, today.yellow, overdue) == (0, 0, 0, 0)
    assert Card.HOLD.word == "hold"


def test_what_was_left_is_left_after_the_pause(team: Team, case: Case) -> None:
    """Tuesday counted; Wednesday to Tuesday stood still; Wed 11 to Mon 16 make five."""
    held = paused(team, case, "2026-03-04 10:00")
    again = resumed(team, held, "2026-03-11 09:00")

    assert due(team, again) == "03-16 17:30"
    assert again.due_at == at("2026-03-16 17:30")
    assert promise(team, again).first_due_at == at("2026-03-09 17:30")


def test_a_pause_over_a_weekend_costs_the_days_whose_close_it_covers(
    team: Team, case: Case
) -> None:
    """peers.md §8 item 1: Friday 16:00 to Monday 10:00 is one working day, not three."""
    again = resumed(team, paused(team, case, "2026-03-06 16:00"), "2026-03-09 10:00")

    assert due(team, again) == "03-10 17:30"


def test_it_runs_on_by_itself_on_the_wanted_day(team: Team, case: Case) -> None:
    until = NewPause("higher_reply", "sms", until=date(2026, 3, 9))
    paused(team, case, "2026-03-04 10:00", until)

    with hall(team.ref):
        with frozen(at("2026-03-09 08:29")):
            early = pausing.resume_due()
        with frozen(at("2026-03-12 11:00")):
            late, twice = pausing.resume_due(), pausing.resume_due()

    assert (early, late, twice) == (0, 1, 0)
    assert due(team, case) == "03-12 17:30"
    last = pauses_of(stored(team, case))[-1]
    assert (last.how, last.ended) == ("until", at("2026-03-09 08:30"))


def test_pauses_together_take_twenty_working_days_at_most(team: Team, case: Case) -> None:
    """The limit that ships: from Wednesday 4 March the twentieth working day is 1 April."""
    held = paused(team, case, "2026-03-04 10:00")
    assert held.resume_at == at("2026-04-01 17:30")

    with frozen(at("2026-04-02 09:00")), hall(team.ref):
        pausing.resume_due()
    again = stored(team, case)

    with pytest.raises(PauseLimit) as refusal:
        paused(team, again, "2026-04-02 10:00")
    assert refusal.value.params == {"days": 20}
    assert stored(team, case).version == again.version


def test_the_applicants_answer_restarts_the_clock(team: Team, case: Case) -> None:
    """peers.md §8 item 9: through any channel; what waits for a court waits on."""
    with frozen(MONDAY):
        other = team.in_progress()
    paused(team, case, "2026-03-04 10:00")
    paused(team, other, "2026-03-04 10:00", NewPause("court", "written"))

    with frozen(at("2026-03-05 09:00")), hall(team.ref):
        answers = [pausing.resume_on_answer(one.id, channel="portal") for one in (case, other)]
        again = pausing.resume_on_answer(case.id, channel="portal")

    assert (answers, again) == ([True, False], False)
    assert stored(team, case).resume_at is None
    assert stored(team, other).resume_at is not None


def test_a_step_that_leads_the_case_on_ends_the_pause(team: Team, case: Case) -> None:
    held = paused(team, case, "2026-03-04 10:00")

    with frozen(at("2026-03-06 10:00")), hall(team.ref):
        replied = handling.reply(
            case_id=case.id,
            version=held.version,
            given=Reply("已更正。", "yes", "done"),
            by=team.handler,
        )
        kinds = list(CaseEvent.objects.filter(case=case).values_list("kind", flat=True))

    assert replied.resume_at is None
    assert due(team, replied) == "03-11 17:30"
    assert sorted(kinds[-2:]) == ["reply", "resume"]


def test_a_pause_is_kept_when_the_limit_changes(team: Team, case: Case) -> None:
    """peers.md §8 item 6 (GLPI#6902): another category counts the same standstill."""
    held = paused(team, case, "2026-03-04 10:00")
    again = resumed(team, held, "2026-03-06 10:00")
    assert due(team, again) == "03-11 17:30"

    with hall(team.ref):
        DeadlinePolicy.objects.create(
            network_id=team.ref.network_id,
            hall_id=team.ref.id,
            stage="resolve",
            category="hard_single",
            rule="WD+6",
            basis="试行",
            effective_from=date(2026, 3, 1),
        )
        calendar.forget()
        with frozen(at("2026-03-06 11:00")):
            replied = handling.reply(
                case_id=case.id,
                version=again.version,
                given=Reply("已更正。", "yes", "done"),
                by=team.handler,
            )
    calendar.forget()

    assert due(team, replied) == "03-12 17:30"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (NewPause("tired", "phone"), "reason"),
        (NewPause("court", ""), "told"),
        (NewPause("court", "phone", until=date(2026, 3, 4)), "until"),
    ],
)
def test_a_pause_needs_a_listed_reason_and_a_word_to_the_applicant(
    team: Team, case: Case, given: NewPause, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        paused(team, case, "2026-03-04 10:00", given)

    assert list(refusal.value.params["errors"]) == [field]
    assert stored(team, case).resume_at is None


def test_pausing_twice_and_resuming_what_runs_are_refused(team: Team, case: Case) -> None:
    with pytest.raises(NotPaused):
        resumed(team, case, "2026-03-04 09:00")
    held = paused(team, case, "2026-03-04 10:00")

    with pytest.raises(AlreadyPaused):
        paused(team, held, "2026-03-04 11:00")
    with pytest.raises(Stale):
        resumed(team, case, "2026-03-05 09:00")

    assert len(pauses_of(stored(team, case))) == 1


def test_only_a_case_that_waits_can_be_paused(team: Team) -> None:
    with frozen(MONDAY):
        signed = team.signed()

    with pytest.raises(StepNotAllowed):
        paused(team, signed, "2026-03-04 10:00")


def test_who_may_not_pause(
    team: Team, case: Case, other_street: HallRef, stranger: HallRef
) -> None:
    """Another department, a clerk, another hall's desk: nothing changes for any of them."""
    elsewhere = people.staff_in(
        team.ref, Role.DEPT_LEAD, department=people.department_in(team.ref, "社保科")
    )
    refusals = []
    for who in (elsewhere, team.clerk):
        with pytest.raises((NotFound, Forbidden)) as refusal:
            paused(team, case, "2026-03-04 10:00", by=who)
        refusals.append(type(refusal.value))
    for ref in (other_street, stranger):
        desk = people.staff_in(ref, Role.DESK_OFFICER)
        with pytest.raises(NotFound), hall(ref):
            pausing.pause(case_id=case.id, version=case.version, given=WAITS, by=desk)

    assert refusals == [NotFound, Forbidden]
    assert stored(team, case).resume_at is None


def test_what_one_may_do_follows_the_clock(team: Team, case: Case) -> None:
    held = paused(team, case, "2026-03-04 10:00")
    again = resumed(team, held, "2026-03-04 11:00")

    def allowed(one: Case) -> set[str]:
        with hall(team.ref):
            steps = permissions.allowed_steps(team.handler, one)
        return {"pause", "resume", "extension"} & set(steps)

    assert allowed(held) == {"resume"}
    assert allowed(again) == {"pause", "extension"}
