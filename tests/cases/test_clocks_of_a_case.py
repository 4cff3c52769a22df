"""Which clock runs when, for whom, and until when (domain.md §2.2, §3.6). Days by hand:
Monday 2026-03-02 is an ordinary working day; hours are 8:30–12:00 and 14:00–17:30."""

from datetime import datetime

import pytest

from apps.cases import queries
from apps.cases.models import Case, Deadline
from apps.cases.rules import Answer, Cause, Difficulty
from apps.cases.services import dispatching
from apps.cases.services.triage import Finding
from bancheng.kernel.clock import ZONE, frozen
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


def running(case: Case, team: Team) -> dict[str, tuple[str, str]]:
    with hall(team.ref):
        rows = Deadline.objects.filter(case=case, ended="").order_by("stage")
        return {
            row.stage: (f"{row.due_at.astimezone(ZONE):%m-%d %H:%M}", row.owner_name)
            for row in rows
        }


def test_dispatching_is_due_two_working_hours_after_registration(team: Team) -> None:
    with frozen(MONDAY):
        case = team.registered()

    assert running(case, team) == {"dispatch": ("03-02 12:00", team.ref.desk_name)}


def test_a_dispatched_case_has_three_clocks_of_its_unit(team: Team) -> None:
    with frozen(MONDAY):
        case = team.dispatched()

    unit = "民政科"
    assert running(case, team) == {
        "contact": ("03-02 17:30", unit),
        "resolve": ("03-09 17:30", unit),
        "sign": ("03-02 16:00", unit),
    }
    assert case.due_at == at("2026-03-02 16:00")


def test_what_cannot_be_done_is_explained_two_days_after_registration(team: Team) -> None:
    finding = Finding(Answer.NO, Answer.NO, Cause.CANNOT, "A1", Difficulty.SIMPLE, "不符合")
    with frozen(MONDAY):
        case = team.registered()
    with frozen(at("2026-03-03 09:00")):
        triaged = team.triage(case, finding)

    assert running(triaged, team)["resolve"] == ("03-04 17:30", team.ref.desk_name)


def test_several_units_have_ten_days(team: Team) -> None:
    other = people.department_in(team.ref, "社保科")
    with frozen(MONDAY):
        case = team.triaged()
        with hall(team.ref):
            case = dispatching.dispatch(
                case_id=case.id,
                version=case.version,
                lead_unit=team.unit,
                assist_units=[other],
                category="",
                note="",
                by=team.desk,
            )

    assert running(case, team)["resolve"] == ("03-16 17:30", "民政科")


def test_a_returned_case_keeps_its_promise(team: Team) -> None:
    with frozen(MONDAY):
        case = team.dispatched()
    with frozen(at("2026-03-03 09:00")), hall(team.ref):
        back = dispatching.return_(
            case_id=case.id,
            version=case.version,
            reason_code="not_our_duty",
            note="不属本科职责",
            suggest_unit=None,
            by=team.head,
        )

    desk = team.ref.desk_name
    assert running(back, team) == {
        "dispatch": ("03-03 11:00", desk),
        "resolve": ("03-09 17:30", desk),
    }
    with frozen(at("2026-03-03 10:00")):
        again = team.dispatch(back)
    assert running(again, team)["resolve"] == ("03-09 17:30", "民政科")


def test_delivery_stops_the_promise_and_starts_the_callback(team: Team) -> None:
    with frozen(MONDAY):
        case = team.delivered()

    assert running(case, team) == {"callback": ("03-05 17:30", team.ref.desk_name)}


def test_a_closed_case_has_no_clock(team: Team) -> None:
    with frozen(MONDAY):
        case = team.closed()

    assert running(case, team) == {}
    assert case.due_at is None


@pytest.mark.parametrize(
    ("now", "card", "stage"),
    [
        ("2026-03-02 15:00", "green", "resolve"),
        ("2026-03-06 10:00", "yellow", "resolve"),
        ("2026-03-09 09:00", "orange", "resolve"),
        ("2026-03-09 17:31", "red", "resolve"),
        ("2026-03-12 09:00", "black", "resolve"),
    ],
)
def test_a_promise_changes_colour(now: str, card: str, stage: str, team: Team) -> None:
    with frozen(MONDAY):
        case = team.in_progress()

    with frozen(at(now)), hall(team.ref):
        row = queries.listed(queries.Wanted(), team.desk).get(id=case.id)
        shown = queries.summaries([row], team.desk)[0]["deadline"]

    assert (shown["card"], shown["stage"]) == (card, stage)


def test_an_unsigned_case_turns_yellow_only_when_late(team: Team) -> None:
    with frozen(MONDAY):
        case = team.dispatched()

    def shown(now: str) -> tuple[str, str, int]:
        with frozen(at(now)), hall(team.ref):
            row = queries.listed(queries.Wanted(), team.desk).get(id=case.id)
            clock = queries.summaries([row], team.desk)[0]["deadline"]
        return clock["card"], clock["stage"], clock["remaining_minutes"]

    assert shown("2026-03-02 15:59") == ("green", "sign", 1)
    assert shown("2026-03-02 16:30") == ("yellow", "sign", -30)


def test_the_board_counts_by_the_clock(team: Team) -> None:
    with frozen(MONDAY):
        team.dispatched()
        team.in_progress()
        team.closed()

    with frozen(at("2026-03-02 16:30")), hall(team.ref):
        today = queries.today()

    assert today == queries.Today(receptions=3, cases=3, due_today=0, overdue=1, yellow=1, red=0)


def test_another_unit_leaves_no_target_of_the_first(team: Team) -> None:
    """peers.md §8 item 8: the first unit's clocks are gone; the promise keeps its beginning."""
    with frozen(MONDAY):
        returned = team.give_back(team.dispatched())
        other = people.department_in(team.ref, "公安户政科")
    with frozen(at("2026-03-03 09:00")), hall(team.ref):
        again = dispatching.dispatch(
            case_id=returned.id,
            version=returned.version,
            lead_unit=other,
            assist_units=[],
            category="",
            note="",
            by=team.desk,
        )

    assert running(again, team) == {
        "contact": ("03-03 17:30", "公安户政科"),
        "resolve": ("03-09 17:30", "公安户政科"),
        "sign": ("03-03 15:00", "公安户政科"),
    }
