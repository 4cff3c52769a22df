"""Undo for ten seconds after a dispatch and after an end (frontend.md §4, issue 5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.cases import permissions, tracking
from apps.cases.errors import StepNotAllowed, UndoOver
from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.rules import Outcome
from apps.cases.services import answering, dispatching, handling, pausing, undoing
from apps.cases.services.answering import Callback
from apps.cases.services.closing import OnSpot
from apps.cases.services.pausing import NewPause
from apps.drafts.models import LastStep
from apps.drafts.services import remembering
from apps.notices import queries
from apps.notices import services as notices
from apps.notices.models import Notice
from bancheng.city.parameters import queries as values
from bancheng.city.parameters import services as parameters
from bancheng.city.parameters.services import NewValue
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Forbidden, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.live.models import LiveEvent
from tests.support import people
from tests.support.cases import CLOSING, Team
from tests.support.clients import caller_for
from tests.support.work import begin

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)
COUNTS_ON = {"version", "last_seq"}


@pytest.fixture
def team(street: HallRef) -> Iterator[Team]:
    with frozen(MONDAY):
        yield Team(street)


def after(seconds: float) -> Any:
    return frozen(MONDAY + timedelta(seconds=seconds))


def standing(case: Case) -> tuple[dict[str, Any], list[Any]]:
    """Everything that is kept of a case, but what goes on counting, and all its clocks."""
    row = Case.objects.filter(id=case.id).values()[0]
    clocks = list(Deadline.objects.filter(case=case).order_by("id").values())
    return {name: value for name, value in row.items() if name not in COUNTS_ON}, clocks


def undo(case: Case, by: Actor) -> Case:
    return undoing.undo(case_id=case.id, version=case.version, by=by)


def kinds(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))


def test_a_dispatch_taken_back_leaves_the_case_and_its_clocks_as_they_were(team: Team) -> None:
    """Clocks are exactly restored; the history tells both."""
    case = team.triaged()
    with hall(team.ref):
        before = standing(case)
        given = team.dispatch(case)

        with after(9):
            back = undo(given, team.desk)

        assert standing(back) == before
        assert (back.state, back.version) == ("triaged", given.version + 1)
        assert kinds(back)[-2:] == ["dispatch", "undo"]
        last = CaseEvent.objects.filter(case=back).order_by("-seq")[0]
        assert last.data == {"step": "dispatch", "version": given.version}
        assert (last.before, last.after) == ("dispatched", "triaged")
        assert chain.verify().broken_at is None
        assert not LastStep.objects.exists()


def test_a_second_dispatch_taken_back_waits_again_at_the_desk(team: Team) -> None:
    """C-68: what was counted of its returns stays counted."""
    case = team.give_back(team.dispatched())
    with hall(team.ref):
        before = standing(case)
        back = undo(team.dispatch(case), team.desk)

        assert standing(back) == before
        assert (back.state, back.return_count) == ("returned", 1)


def test_an_end_taken_back_is_open_again(team: Team) -> None:
    case = team.called_back()
    with hall(team.ref):
        before = standing(case)
        closed = team.close(case, Outcome.DONE)

        back = undo(closed, team.desk)

        assert standing(back) == before
        assert (back.state, back.outcome, back.closed_at) == ("called_back", "", None)


def test_an_end_on_the_spot_taken_back_has_no_result(team: Team) -> None:
    case = team.triaged()
    with hall(team.ref):
        before = standing(case)
        closed = team.close(case, Outcome.DONE, OnSpot("spoken_signed", "当场办结。"))

        assert standing(undo(closed, team.desk)) == before


def test_a_call_that_closed_is_taken_back_with_its_end(team: Team) -> None:
    case = team.delivered()
    given = Callback("solved", 5, outcome=Outcome.DONE, file=CLOSING)
    with hall(team.ref):
        before = standing(case)
        closed = answering.call_back(
            case_id=case.id, version=case.version, given=given, by=team.lead
        )

        back = undo(closed, team.lead)

        assert standing(back) == before
        assert back.state == "delivered"
        assert kinds(back)[-3:] == ["callback", "close", "undo"]


def test_a_pause_that_the_dispatch_ended_holds_again(team: Team) -> None:
    case = team.triaged()
    with hall(team.ref):
        pausing.pause(
            case_id=case.id,
            version=case.version,
            given=NewPause("applicant_material", "电话告知"),
            by=team.desk,
        )
        case.refresh_from_db()
        before = standing(case)

        back = undo(team.dispatch(case), team.desk)

        assert standing(back) == before
        assert back.resume_at is not None


def refused(case: Case, by: Actor, kind: type[Exception], version: int | None = None) -> None:
    kept = (standing(case), kinds(case))
    with pytest.raises(kind):
        undoing.undo(case_id=case.id, version=version or case.version, by=by)
    assert (standing(case), kinds(case)) == kept


def test_after_the_seconds_and_the_way_of_the_request_it_is_too_late(team: Team) -> None:
    """Ten seconds by the server's clock, three more for the round trip."""
    case = team.dispatched()
    with hall(team.ref):
        with after(13.1):
            refused(case, team.desk, UndoOver)
            assert "undo" not in permissions.allowed_steps(team.desk, case)
        with after(13):
            assert undo(case, team.desk).state == "triaged"


def test_only_who_took_the_step_takes_it_back(team: Team, district: HallRef) -> None:
    case = team.dispatched()
    stranger = Team(district)
    with hall(team.ref):
        refused(case, team.lead, UndoOver)
        refused(case, team.handler, Forbidden)
        refused(case, stranger.desk, UndoOver)
        beside = people.department_in(team.ref, "城建科")
        unconcerned = people.staff_in(team.ref, Role.DEPT_HANDLER, department=beside)
        refused(case, unconcerned, NotFound)
    with hall(district), pytest.raises(NotFound):
        undo(case, stranger.desk)


def test_what_was_signed_is_not_taken_back(team: Team) -> None:
    case = team.dispatched()
    with hall(team.ref):
        handling.sign(case_id=case.id, version=case.version, by=team.handler)

        refused(case, team.desk, Stale)
        case.refresh_from_db()
        refused(case, team.desk, StepNotAllowed)


def test_a_hall_may_switch_it_off(team: Team) -> None:
    with hall(team.ref):
        parameters.decide(NewValue("cases.undo_seconds", 0, "试行", MONDAY.date()), by=SYSTEM)
    case = team.dispatched()
    with hall(team.ref):
        refused(case, team.desk, UndoOver)
        assert not LastStep.objects.exists()
    values.forget()


def test_the_unit_its_bell_and_the_citizen_follow(team: Team) -> None:
    """What was told because of the dispatch is told no more; the unit's inbox hears of it."""
    case = team.bounced(3)
    with hall(team.ref):
        given = dispatching.designate(
            case_id=case.id,
            version=case.version,
            lead_unit=team.unit,
            assist_units=[],
            category="",
            note="",
            by=team.lead,
        )
        assert Notice.objects.filter(kind="cases.designated").exists()
        assert permissions.sees_case(team.handler, case.id)
        note = notices.Note("cases.urged", "case", case.id, case.number)
        notices.tell(note, to=notices.To(posts=[team.lead.post_id]), by=team.desk)

        back = undo(given, team.lead)

        assert Notice.objects.filter(kind=note.kind).exists()
        assert not Notice.objects.filter(kind="cases.designated").exists()
        assert not permissions.sees_case(team.handler, case.id)
        heard = LiveEvent.objects.filter(topic=f"dept:{team.unit}").order_by("-seq")[0]
        assert (heard.kind, heard.version) == ("case.undo", back.version)
        shown = tracking.tracked(case.id)
        assert shown is not None
        assert shown.state == "returned"


def test_only_what_the_step_told_goes_and_who_read_it_is_told(team: Team) -> None:
    """One handler has read of it, her lead has not; both were told of something else as well."""
    case = team.bounced(3)
    with hall(team.ref):
        elsewhere = notices.Note("cases.late_demand", "case", case.id, case.number)
        units = dispatching.designate(
            case_id=case.id,
            version=case.version,
            lead_unit=team.unit,
            assist_units=[],
            category="",
            note="",
            by=team.lead,
        )
        both = notices.To(unit=team.unit)
        notices.tell(elsewhere, to=both, by=team.lead)
        handler, head = team.handler.post_id, team.head.post_id
        assert handler
        assert head
        told = Notice.objects.get(kind="cases.designated", post=handler)
        notices.mark_read(ids=[told.id], by=team.handler)

        undo(units, team.lead)

        kept = Notice.objects.filter(post__in={handler, head}, at__gte=told.at)
        lines = {(one.post, one.kind, one.number) for one in kept}
        assert lines == {
            (handler, "cases.designated", case.number),
            (handler, "notices.taken_back", case.number),
            (handler, "cases.late_demand", case.number),
            (head, "cases.late_demand", case.number),
        }
        seen = {(one.kind, one.subject) for one in queries.own(team.handler)}
        assert ("notices.taken_back", "taken_back") in seen
        assert ("cases.designated", "case") not in seen


def test_what_nobody_can_take_back_any_more_is_forgotten(team: Team) -> None:
    team.dispatched()
    with hall(team.ref):
        with after(3600):
            assert remembering.forget() == 0
        with after(3601):
            assert remembering.forget() == 1


def test_over_http_the_answer_says_until_when(team: Team) -> None:
    case = team.triaged()
    desk, lead = caller_for(team.ref, team.desk), caller_for(team.ref, team.lead)
    body = {"lead_unit": team.unit}

    given = desk.post(f"cases/{case.id}/dispatch", body, version=case.version).json()

    assert given["undo_until"] == "2026-03-02T10:00:10+08:00"
    assert "undo" in given["allowed_steps"]
    seen = lead.get(f"cases/{case.id}").json()
    assert (seen["undo_until"], "undo" in seen["allowed_steps"]) == (None, False)
    back = desk.post(f"cases/{case.id}/undo", version=given["version"])
    assert (back.status_code, back.json()["state"]) == (200, "triaged")
    again = desk.post(f"cases/{case.id}/undo", version=given["version"])
    assert (again.status_code, again.json()["code"]) == (412, "stale_version")


def test_what_ended_with_the_case_is_not_called_back(team: Team) -> None:
    """Others were told that nothing is asked of them any more: then the end stands."""
    case = team.triaged()
    begin(team.ref, case, "opinion", {"units": [team.unit], "question": "能否补领？"}, team.desk)
    with hall(team.ref):
        case.refresh_from_db()
        closed = team.close(case, Outcome.DONE, OnSpot("spoken_signed", "当场办结。"))

        refused(closed, team.desk, UndoOver)
