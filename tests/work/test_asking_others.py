"""Opinions, papers and studies asked of units: each by its day, each seen by the unit asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from apps.cases.models import Case, CaseEvent, Deadline
from apps.notices.models import Notice
from apps.work import queries
from apps.work.errors import NobodyAsked, StepNotAllowed
from apps.work.models import WorkItem
from apps.work.services import sweeping
from apps.work.services.numbering import next_number
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies, take

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the hall
ANSWER = {"position": "conditional", "text": "补充档案后同意", "basis": "婚姻登记条例"}


def test_several_units_are_asked_at_once_each_with_its_own_clock(district: HallRef) -> None:
    """C-65: in parallel; by default three working days: Monday 16 to Thursday 19 November."""
    team = Team(district)
    units = [department_in(district, name) for name in ("不动产科", "公安科")]
    case = team.dispatched()

    with clock.frozen(MONDAY):
        asked = begin(district, case, "opinion", {"units": units, "question": "能否？"}, team.desk)

    with hall(district):
        clocks = list(Deadline.objects.filter(stage="opinion", ended="").order_by("owner_name"))
        lines = CaseEvent.objects.filter(case=case, kind="work.opinion").count()
    assert [(item.seq, item.unit_name) for item in asked] == [(1, "不动产科"), (2, "公安科")]
    assert {one.owner for one in clocks} == set(units)
    assert {one.due_on.isoformat() for one in clocks} == {"2026-11-19"}
    assert lines == 1


def test_no_reply_at_the_due_time_is_recorded_once_and_a_late_answer_counts(
    district: HallRef,
) -> None:
    """C-65: non-reply = recorded; by itself, however often the job runs."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    theirs = staff_in(district, Role.DEPT_HANDLER, department=unit)
    case = team.dispatched()
    with clock.frozen(MONDAY):
        item = begin(district, case, "opinion", {"units": [unit], "question": "？"}, team.desk)[0]

    with clock.frozen(MONDAY + timedelta(days=4)), hall(district):
        swept = [sweeping.sweep(), sweeping.sweep()]
        silent = WorkItem.objects.get(id=item.id)
        lines = list(CaseEvent.objects.filter(kind="work.opinion.no_reply"))
        ended = Deadline.objects.get(item=item.id)
    late = take(district, item, "answer", ANSWER, by=theirs)

    assert (swept, silent.state, silent.open, len(lines)) == ([1, 0], "no_reply", False, 1)
    assert (lines[0].actor_name, ended.ended) == ("", "done")
    assert (late.state, late.data["answer"]["position"]) == ("answered", "conditional")


def test_before_the_due_time_nothing_is_recorded(district: HallRef) -> None:
    """C-65: the day itself is still in time."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    with clock.frozen(MONDAY):
        case = team.dispatched()
        item = begin(district, case, "opinion", {"units": [unit], "question": "？"}, team.desk)[0]

    with clock.frozen(MONDAY + timedelta(days=3)), hall(district):
        assert sweeping.sweep() == 0
        assert WorkItem.objects.get(id=item.id).state == "asked"


def test_the_unit_asked_sees_the_request_and_not_the_case(district: HallRef) -> None:
    """§4.1: the request with its number and question; the case itself stays unknown to them."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    theirs = staff_in(district, Role.DEPT_HANDLER, department=unit)
    case = team.dispatched()
    item = begin(district, case, "opinion", bodies(unit, unit)["opinion"], team.desk)[0]
    caller = caller_for(district, theirs)

    shown = caller.get("work/inbox").json()["results"]

    assert [one["id"] for one in shown] == [str(item.id)]
    assert shown[0]["case"] == {"id": None, "number": case.number, "title": None}
    assert shown[0]["allowed_steps"] == ["answer"]
    unseen = [
        caller.get(path).status_code for path in (f"cases/{case.id}", f"cases/{case.id}/work")
    ]
    assert unseen == [404, 404]
    assert case.title not in caller.get("work/inbox").content.decode()


def test_nobody_answers_for_the_unit_asked(district: HallRef, street: HallRef) -> None:
    """C-65: the desk, another department, another hall: each is refused and nothing changes."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    item = begin(district, team.dispatched(), "opinion", bodies(unit, unit)["opinion"], team.desk)[
        0
    ]
    outsider = staff_in(district, Role.DEPT_LEAD, department=department_in(district, "税务科"))
    elsewhere = staff_in(street, Role.DEPT_LEAD, department=department_in(street, "不动产科"))

    for who, refusal in ((team.desk, Forbidden), (team.handler, Forbidden), (outsider, NotFound)):
        with pytest.raises(refusal):
            take(district, item, "answer", ANSWER, by=who)
    with hall(street), pytest.raises(NotFound):
        queries.one(item.id, elsewhere)

    with hall(district):
        kept = WorkItem.objects.get(id=item.id)
    assert (kept.state, kept.version, kept.data["answer"]) == ("asked", 1, None)


def test_a_stale_page_does_not_answer(district: HallRef) -> None:
    team = Team(district)
    unit = department_in(district, "不动产科")
    theirs = staff_in(district, Role.DEPT_HANDLER, department=unit)
    case = team.dispatched()
    item = begin(district, case, "opinion", bodies(unit, unit)["opinion"], team.desk)[0]
    take(district, item, "answer", ANSWER, by=theirs)
    caller = caller_for(district, theirs)

    again = caller.post(f"work/{item.id}/answer", ANSWER, version=1)
    twice = caller.post(f"work/{item.id}/answer", ANSWER, version=2)

    assert (again.status_code, again.json()["code"]) == (412, Stale.code)
    assert (twice.status_code, twice.json()["code"]) == (409, StepNotAllowed.code)


def test_papers_are_asked_of_a_unit_outside_and_put_down_by_who_asked(district: HallRef) -> None:
    """C-05: archives, police, civil affairs; its own deadline, the result with its reference."""
    team = Team(district)
    case = team.dispatched()
    body = {"what": "1998年档案", "purpose": "核对姓名", "outside": "省档案馆", "days": 7}

    with clock.frozen(MONDAY):
        item = begin(district, case, "evidence", body, team.desk)[0]
    with hall(district):
        running = Deadline.objects.get(item=item.id, ended="")
    got = {"result": "查得原件", "got_on": clock.today(), "reference": "档案〔1998〕第7号"}
    done = take(district, item, "provide", got, by=team.desk)

    assert (running.rule, running.due_on.isoformat()) == ("WD+7", "2026-11-25")
    assert (done.state, done.data["provided"]["reference"]) == ("provided", "档案〔1998〕第7号")
    with pytest.raises(NobodyAsked):
        begin(district, case, "evidence", body | {"outside": ""}, team.desk)


def test_a_grey_area_is_studied_by_a_day_and_put_on_file(district: HallRef) -> None:
    """C-63 C-64: the unit decides, the decision goes on file under 〔year〕n号 without gaps."""
    team = Team(district)
    case = team.dispatched()
    study = begin(
        district, case, "grey_study", bodies(team.unit, team.unit)["grey_study"], team.desk
    )[0]
    decided = {"decision": "do", "ground": "参照同类件"}
    take(district, study, "decide", decided, by=team.handler)
    filing = {"content": "按补领办理", "filed_on": clock.today(), "study": 1}
    first = begin(district, case, "filing", filing, team.handler)[0]
    with hall(district), pytest.raises(Invalid):
        _refused_after_numbering()
    second = begin(district, case, "filing", filing, team.handler)[0]

    seen = take(district, second, "see", {"remark": "已阅"}, by=team.lead)

    assert (first.number, second.number) == (1, 2)
    assert (seen.state, first.year) == ("seen", clock.today().year)
    supervisor = caller_for(district, staff_in(district, Role.SUPERVISOR))
    numbers = [one["number"] for one in supervisor.get("work/filings").json()["results"]]
    assert numbers == [f"〔{first.year}〕2号", f"〔{first.year}〕1号"]
    assert caller_for(district, team.handler).get("work/filings").status_code == 403


def _refused_after_numbering() -> None:
    """A filing that is given a number and then refused: the number must come back."""
    with transaction.atomic():
        next_number("filing")
        raise Invalid


def test_who_is_asked_hears_of_it_and_who_asked_hears_the_answer(district: HallRef) -> None:
    """C-65: under the bell of the unit's people, then of the one who asked."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    theirs = staff_in(district, Role.DEPT_HANDLER, department=unit)
    case = team.dispatched()

    item = begin(district, case, "opinion", bodies(unit, unit)["opinion"], team.desk)[0]
    take(district, item, "answer", ANSWER, by=theirs)

    with hall(district):
        told = list(
            Notice.objects.filter(subject="work").order_by("at").values_list("kind", "post")
        )
    assert told == [("work.asked", theirs.post_id), ("work.moved", team.desk.post_id)]


def test_a_unit_of_another_hall_is_not_asked(district: HallRef, street: HallRef) -> None:
    """What a body names is authorised like what the address names."""
    team = Team(district)
    foreign = department_in(street, "不动产科")
    case = team.dispatched()

    with pytest.raises(Invalid):
        begin(district, case, "opinion", {"units": [foreign], "question": "？"}, team.desk)

    with hall(district):
        assert WorkItem.objects.count() == 0
        assert Case.objects.get(id=case.id).version == case.version
