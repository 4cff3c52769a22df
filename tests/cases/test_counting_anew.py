"""Days and limits change: what runs is counted again, on record, and never silently.

A case dispatched on Monday 2026-03-02 is due on Monday 2026-03-09 at 17:30. 2027 has no notice yet:
its 1 January (a Friday) counts as a working day until there is one.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.services import recounting
from apps.notices import queries as notices
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar import services as decisions
from bancheng.city.calendar.notices import NamedDay, Notice
from bancheng.city.calendar.services import NewDay, NewLimit
from bancheng.city.calendar.years import preview
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import Team

pytestmark = pytest.mark.django_db
NEW_YEAR = Notice(2027, (NamedDay(date(2027, 1, 1), "元旦", True),), ("国办发明电〔2026〕1号",))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


MONDAY, TUESDAY = at("2026-03-02 10:00"), at("2026-03-03 10:00")


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture
def team(street: HallRef) -> Team:
    with frozen(MONDAY):
        return Team(street)


def close(team: Team, day: date, decision: str = "云政办〔2026〕3号") -> None:
    row = decisions.planned_day(NewDay(day, False, "台风停工", decision), by=SYSTEM)
    decisions.store(row)


def due(team: Team, case: Case) -> tuple[str, str | None, bool]:
    row = Deadline.objects.get(case=case, stage="resolve", ended="")
    first = f"{row.first_due_at.astimezone(ZONE):%m-%d}" if row.first_due_at else None
    return f"{row.due_at.astimezone(ZONE):%m-%d %H:%M}", first, row.provisional


def lines(case_id: UUID) -> list[dict[str, Any]]:
    rows = CaseEvent.objects.filter(case_id=case_id, kind="deadline_recomputed")
    return list(rows.order_by("seq").values_list("data", flat=True))


def test_a_closed_day_moves_what_runs_and_shows_both_dates(team: Team) -> None:
    with frozen(MONDAY):
        case, closed = team.in_progress(), team.closed()

    with frozen(TUESDAY), hall(team.ref):
        close(team, date(2026, 3, 5))
        progress = recounting.recount()

        assert due(team, case) == ("03-10 17:30", "03-09", False)
        assert lines(closed.id) == []
        moved = lines(case.id)[0]["moved"]
    assert (progress.counted, progress.moved, progress.left) == (1, 1, 0)
    assert [(one["stage"], one["before"], one["after"], one["reason"]) for one in moved] == [
        ("resolve", "2026-03-09", "2026-03-10", "calendar")
    ]


def test_a_closure_without_a_decision_moves_nothing(team: Team) -> None:
    """domain.md §3.8 item 6: neutral by default; nothing is written into the history."""
    with frozen(MONDAY):
        case = team.in_progress()

    with frozen(TUESDAY), hall(team.ref):
        close(team, date(2026, 3, 5), decision="")
        progress = recounting.recount()

        assert due(team, case) == ("03-09 17:30", None, False)
        assert lines(case.id) == []
    assert (progress.counted, progress.moved) == (1, 0)


def test_counting_twice_changes_nothing_and_what_is_left_is_taken_up(team: Team) -> None:
    with frozen(MONDAY):
        cases = [team.in_progress() for _ in range(3)]

    with frozen(TUESDAY), hall(team.ref):
        close(team, date(2026, 3, 5))
        first = recounting.recount(limit=2)
        rest = recounting.recount(limit=2)
        again = recounting.recount(limit=2)

        assert [len(lines(case.id)) for case in cases] == [1, 1, 1]
    assert (first.counted, first.left) == (2, 1)
    assert (rest.counted, rest.left) == (1, 0)
    assert (again.counted, again.moved) == (0, 0)


def limit(*, recompute: bool) -> None:
    given = NewLimit(
        "resolve",
        "hard_single",
        "WD+3",
        "本街道试行",
        date(2026, 3, 3),
        recompute=recompute,
        reason="law_changed" if recompute else "",
    )
    decisions.store(decisions.planned_limit(given, by=SYSTEM))


def test_a_new_limit_leaves_running_promises_alone(team: Team) -> None:
    with frozen(MONDAY):
        case = team.in_progress()

    with frozen(TUESDAY), hall(team.ref):
        limit(recompute=False)
        recounting.recount()
        assert due(team, case) == ("03-09 17:30", None, False)
        assert lines(case.id) == []
        later = team.in_progress()
        assert due(team, later)[0] == "03-06 17:30"


def test_a_limit_decided_for_what_runs_moves_it_for_its_reason(team: Team) -> None:
    with frozen(MONDAY):
        case = team.in_progress()

    with frozen(TUESDAY), hall(team.ref):
        limit(recompute=True)
        recounting.recount()

        assert due(team, case) == ("03-05 17:30", "03-09", False)
        assert lines(case.id)[0]["moved"][0]["reason"] == "limit"


def test_a_provisional_date_is_settled_once_when_the_year_is_published(
    street: HallRef, city: HallRef
) -> None:
    """domain.md §3.8 item 10: Monday to Friday until the notice comes, then both dates."""
    year_end = at("2026-12-28 10:00")
    with frozen(year_end):
        team = Team(street)
        case = team.in_progress()
        with hall(street):
            assert due(team, case) == ("01-04 17:30", None, True)

    with frozen(at("2026-12-29 09:00")):
        with hall(city):
            seal = preview(NEW_YEAR, calendar.known_notices()).seal
            decisions.publish(NEW_YEAR, seal=seal, by=SYSTEM)
        with hall(street):
            progress = recounting.recount(), recounting.recount()
            assert due(team, case) == ("01-05 17:30", "01-04", False)
            assert len(lines(case.id)) == 1

    assert [one.moved for one in progress] == [1, 0]


def test_administrators_are_told_once_that_a_year_is_missing(street: HallRef) -> None:
    admin = people.staff_in(street, Role.HALL_ADMIN)
    with frozen(at("2026-12-28 10:00")):
        Team(street).in_progress()
        with hall(street):
            asked = recounting.ask_for_years(), recounting.ask_for_years()
            told = [row.params for row in notices.own(admin)]

    assert asked == ([2027], [])
    assert told == [{"year": 2027}]
