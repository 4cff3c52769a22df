"""Help at the person's side: plans, visits, video, consents, other parties."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.cases import permissions as cases
from apps.cases.models import Case, Deadline
from apps.notices.models import Notice
from apps.work import queries
from apps.work.errors import ConsentMissing, MandateMissing, NotInPlan, PlanOpen, StepNotAllowed
from apps.work.models import WorkItem
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import staff_in
from tests.support.work import begin, bodies, take

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


def helper_in(ref: HallRef) -> Actor:
    """Somebody who helps and sees nothing but what is given to them."""
    return staff_in(ref, Role.ASSISTANT)


def body_of(kind: str, helper: Actor) -> dict[str, object]:
    assert helper.post_id is not None
    return bodies(helper.post_id, helper.post_id)[kind]


def test_an_assistant_sees_the_case_while_the_plan_is_theirs_and_no_other(
    district: HallRef,
) -> None:
    """C-04, §4.1 `assistant`: assigned cases only, and only as long as the help lasts."""
    team, helper, idle = Team(district), helper_in(district), helper_in(district)
    case, other = team.dispatched(), team.dispatched()
    caller = caller_for(district, helper)
    before = caller.get(f"cases/{case.id}").status_code
    plan = begin(district, case, "assist", body_of("assist", helper), team.desk)[0]

    during = [caller.get(f"cases/{one.id}").status_code for one in (case, other)]
    listed = [one["id"] for one in caller.get("cases").json()["results"]]
    take(district, plan, "stop", {"reason": "本人改为自行办理"}, by=team.desk)
    with hall(district):
        after = cases.sees_case(helper, case.id)
        others = cases.sees_case(idle, case.id)

    assert (before, during, listed) == (404, [200, 404], [str(case.id)])
    assert (after, others) == (False, False)


def test_a_plan_ends_when_every_step_is_done_or_skipped(district: HallRef) -> None:
    """C-04: ordered steps with results; each report starts the clock of the next one."""
    team, helper = Team(district), helper_in(district)
    with clock.frozen(MONDAY):
        case = team.dispatched()
        plan = begin(district, case, "assist", body_of("assist", helper), team.desk)[0]
    first = {"number": 1, "outcome": "done", "result": "调到原始档案"}
    with clock.frozen(MONDAY + timedelta(days=1)):
        take(district, plan, "report", first, by=helper)

    with pytest.raises(PlanOpen) as unfinished:
        take(district, plan, "finish", {"result": "办成"}, by=helper)
    with pytest.raises(NotInPlan):
        take(district, plan, "report", first, by=helper)
    take(district, plan, "add", {"place": "公安窗口", "purpose": "开同名证明"}, by=helper)
    for number, outcome in ((2, "done"), (3, "skipped")):
        said = {"number": number, "outcome": outcome, "result": "x"}
        take(district, plan, "report", said, by=helper)
    done = take(district, plan, "finish", {"result": "领到证"}, by=helper)

    with hall(district):
        clocks = list(Deadline.objects.filter(item=plan.id).order_by("started_at", "id"))
    assert unfinished.value.params == {"open": [2]}
    assert (done.state, len(done.data["reports"]), done.open) == ("done", 3, False)
    assert clocks[0].due_on.isoformat() == "2026-11-18"  # WD+2 from Monday
    assert clocks[1].due_on.isoformat() == "2026-11-19"  # WD+2 from Tuesday
    assert (clocks[-1].ended, {one.ended for one in clocks[:-1]}) == ("done", {"dropped"})


def test_acting_for_somebody_is_voluntary_and_needs_a_mandate(district: HallRef) -> None:
    """C-04, §2.9: 代办 with mandate; free and voluntary."""
    team, helper = Team(district), helper_in(district)
    case = team.dispatched()
    wanted = body_of("assist", helper)

    for change in ({"mode": "on_behalf"}, {"voluntary": False}):
        with pytest.raises(MandateMissing):
            begin(district, case, "assist", wanted | change, team.desk)
    mandated = wanted | {"mode": "on_behalf", "mandate": "委托书0001"}
    begin(district, case, "assist", mandated, team.desk)

    with hall(district):
        assert WorkItem.objects.count() == 1


def test_nobody_is_looked_at_without_a_consent_of_its_own(district: HallRef) -> None:
    """C-16: 个人信息保护法 29, 30: separate, told why; nothing is recorded."""
    team, helper = Team(district), helper_in(district)
    case = team.dispatched()
    session = begin(district, case, "video", body_of("video", helper), team.desk)[0]
    held = {"checks": ["face", "id_card"], "result": "confirmed"}
    yes = {"how": "spoken_on_video", "told_necessity": True, "agreed": True}

    with pytest.raises(StepNotAllowed):
        take(district, session, "hold", held, by=helper)
    for missing in ({"agreed": False}, {"told_necessity": False}):
        with pytest.raises(ConsentMissing):
            take(district, session, "consent", yes | missing, by=helper)
    take(district, session, "consent", yes, by=helper)
    done = take(district, session, "hold", held, by=helper)
    check = bodies(team.unit, team.unit)["evidence_check"] | {"video": session.seq}
    beside = begin(district, case, "evidence_check", check, team.desk)[0]

    assert (done.state, done.data["held"]["result"]) == ("held", "confirmed")
    assert done.data["recording"] == "none"
    assert (beside.data["asked"]["video"], beside.data["asked"]["conclusion"]) == (1, "match")


def test_a_visit_needs_a_yes_and_ends_with_a_proof(district: HallRef) -> None:
    """C-35: consent, device, steps, completion proof."""
    team, helper = Team(district), helper_in(district)
    case = team.dispatched()
    visit = begin(district, case, "home_visit", body_of("home_visit", helper), team.desk)[0]
    yes = {"by_whom": "family", "how": "phone", "agreed": True, "face_scan": "agreed"}

    with pytest.raises(StepNotAllowed):
        take(district, visit, "arrive", by=helper)
    with pytest.raises(ConsentMissing):
        take(district, visit, "consent", yes | {"agreed": False}, by=helper)
    take(district, visit, "consent", yes, by=helper)
    take(district, visit, "arrive", by=helper)
    proof = {"steps": ["核对身份", "刷脸认证"], "proof": "回执0007", "result": "认证通过"}
    done = take(district, visit, "complete", proof, by=helper)

    assert (done.state, done.data["done"]["proof"]) == ("done", "回执0007")


def test_who_is_there_already_stands_first(district: HallRef) -> None:
    """C-35: the staff member already nearby: those with a visit in the area on that day."""
    team, near, far = Team(district), helper_in(district), helper_in(district)
    case = team.dispatched()
    wanted = body_of("home_visit", near)
    begin(district, case, "home_visit", wanted, team.desk)
    day = clock.today() + timedelta(days=1)

    with hall(district):
        there = queries.nearby("滨河社区", day, team.desk)
        elsewhere = queries.nearby("古镇社区", day, team.desk)

    assert (there[0].id, there[0].visits) == (near.post_id, 1)
    assert {one.id for one in there} >= {near.post_id, far.post_id}
    assert {one.visits for one in elsewhere} == {0}


def test_names_of_others_are_kept_sealed(district: HallRef) -> None:
    """C-08 C-89, §4.3: a mask is shown, nothing plain is stored, and the record says who asked."""
    team = Team(district)
    case = team.dispatched()
    kinds = bodies(team.unit, team.unit)
    party = begin(district, case, "external", kinds["external"], team.desk)[0]
    agreed = begin(district, case, "consent", kinds["consent"], team.desk)[0]
    caller = caller_for(district, team.desk)

    opened = caller.post(f"work/{party.id}/reveal", {"field": "phone"}, key=None)
    unknown = caller.post(f"work/{party.id}/reveal", {"field": "wanted"}, key=None)

    with hall(district):
        stored = str(list(WorkItem.objects.values("data", "title")))
        reveals = Case.objects.get(id=case.id).events.filter(kind="reveal").count()
    assert (party.data["asked"]["contact"], party.data["asked"]["phone"]) == ("郑**", "199****7777")
    assert agreed.data["asked"]["person"] == "周**"
    assert "郑工程师" not in stored
    assert "19900007777" not in stored
    assert "周远山" not in stored
    assert (opened.status_code, opened.json()["value"], reveals) == (200, "19900007777", 1)
    assert unknown.status_code == 422


def test_a_consent_can_be_withdrawn(district: HallRef) -> None:
    """C-89: who, when, how, scope; withdrawn as easily as given (个人信息保护法 15)."""
    team = Team(district)
    case = team.dispatched()
    given = begin(district, case, "consent", bodies(team.unit, team.unit)["consent"], team.desk)[0]

    gone = take(district, given, "withdraw", {"reason": "房主反悔"}, by=team.handler)

    assert (given.state, given.open, gone.state) == ("given", False, "withdrawn")
    with pytest.raises(StepNotAllowed):
        take(district, given, "withdraw", {"reason": "再次"}, by=team.desk)


def test_a_task_force_meets_and_is_dissolved_by_its_own(district: HallRef) -> None:
    """C-07: leader, members of several units, goal, meetings, dissolved with a result."""
    team, leader = Team(district), helper_in(district)
    case = team.dispatched()
    assert leader.post_id is not None
    formed = bodies(team.unit, leader.post_id)["task_force"]
    with pytest.raises(Forbidden):
        begin(district, case, "task_force", formed, team.clerk)
    force = begin(district, case, "task_force", formed, team.lead)[0]

    take(district, force, "met", {"on": clock.today(), "said": "分三组核对"}, by=leader)
    take(district, force, "met", {"on": clock.today(), "said": "已清理"}, by=team.handler)
    over = take(district, force, "dissolve", {"reached": True, "result": "完成"}, by=leader)

    assert (over.state, len(over.data["meetings"]), over.members) == ("dissolved", 2, [team.unit])


def test_other_parties_and_talks_are_put_down(district: HallRef) -> None:
    """C-08 C-09: what a bank said, and a talk with its outcome and the next step."""
    team = Team(district)
    case = team.dispatched()
    kinds = bodies(team.unit, team.unit)
    bank = begin(district, case, "external", kinds["external"], team.handler)[0]
    said = {"on": clock.today(), "said": "系统已修复", "answer": "agrees"}
    take(district, bank, "heard", said, by=team.handler)
    ended = take(district, bank, "end", {"result": "可重新报销"}, by=team.desk)
    talk = kinds["contact_note"] | {"next_step": "周五复核", "next_on": clock.today()}
    note = begin(district, case, "contact_note", talk, team.handler)[0]

    assert (ended.state, ended.data["said"][0]["answer"]) == ("ended", "agrees")
    assert (note.open, note.data["asked"]["next_step"]) == (False, "周五复核")


def test_a_matter_goes_to_the_government_and_its_decision_comes_back(district: HallRef) -> None:
    """C-66: dossier, date, decision, feedback; its clock starts when it is submitted."""
    team = Team(district)
    case = team.dispatched()
    dossier = bodies(team.unit, team.unit)["gov_escalation"]
    item = begin(district, case, "gov_escalation", dossier, team.lead)[0]
    with hall(district):
        before = Deadline.objects.filter(item=item.id).count()
    today = clock.today()
    take(district, item, "submit", {"on": today, "document": "青政务〔2026〕9号"}, by=team.lead)
    with hall(district):
        running = Deadline.objects.get(item=item.id, ended="")
    said = {"on": today, "document": "会议纪要3", "decision": "由不动产科出具"}
    take(district, item, "decide", said, by=team.lead)
    over = take(district, item, "feed_back", {"on": today, "told": "已告知"}, by=team.desk)

    assert (before, running.stage, over.state, over.open) == (0, "gov_decision", "fed_back", False)


def test_an_assistant_hears_that_the_plan_was_stopped(district: HallRef) -> None:
    """C-04: who was asked hears of every step that was not theirs."""
    team, helper = Team(district), helper_in(district)
    case = team.dispatched()
    plan = begin(district, case, "assist", body_of("assist", helper), team.desk)[0]

    take(district, plan, "stop", {"reason": "本人改为自行办理"}, by=team.desk)

    with hall(district):
        told = Notice.objects.filter(post=plan.post or case.id).order_by("at")
        assert list(told.values_list("kind", flat=True)) == ["work.asked", "work.moved"]
