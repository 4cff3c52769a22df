"""Signs of formalism are found and judged by people (C-80); replies are judged (C-92)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from apps.cases.models import Case
from apps.cases.reading.reviewing import Reviewed
from apps.oversight import queries
from apps.oversight.errors import AlreadyJudged, NotYourDecision
from apps.oversight.models import Check
from apps.oversight.rules import CRITERIA
from apps.oversight.services import quality
from apps.oversight.suspicions import Limits, sampled, suspicions
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.oversight.conftest import at
from tests.support import people
from tests.support.cases import Team

LIMITS = Limits(at_once_minutes=5, short_reply=20, copied_percent=90)
MONDAY = at("2026-03-02 10:00")
HANDLER, CALLER = UUID(int=1), UUID(int=2)
LONG = "您反映的婚姻登记姓名错误已经核实，婚姻登记处已更正，请持身份证到二楼八号窗口领取新证。"
GOOD = Reviewed(
    id=UUID(int=9),
    number="BCS-1",
    registered_at=MONDAY,
    replied_at=MONDAY,
    closed_at=MONDAY + timedelta(days=3),
    outcome="done",
    satisfaction=5,
    handler_post=HANDLER,
    handler_unit=UUID(int=7),
    handler_unit_name="民政科",
    lead_unit=UUID(int=7),
    lead_unit_name="民政科",
    reply={"answer": LONG},
    letter_out=None,
    lines=[
        ("registered", None),
        ("triage", None),
        ("contact", HANDLER),
        ("reply", HANDLER),
        ("callback", CALLER),
        ("close", CALLER),
    ],
)


def found(*cases: Reviewed) -> list[tuple[str, dict[str, object]]]:
    return [(one.kind.value, one.found) for one in suspicions(cases, LIMITS)]


def test_a_case_that_was_worked_on_raises_no_suspicion() -> None:
    assert found(GOOD) == []


def test_each_sign_is_named_with_what_was_seen() -> None:
    nobody = [("registered", None), ("triage", None), ("callback", CALLER), ("close", CALLER)]
    idle = replace(GOOD, reply=None, lines=nobody)
    hasty = replace(idle, satisfaction=None, closed_at=MONDAY + timedelta(seconds=70))
    short = replace(GOOD, reply={"answer": "已 办 理，满意。"})
    own = replace(GOOD, lines=[*GOOD.lines[:4], ("callback", HANDLER), ("close", CALLER)])
    unasked = replace(GOOD, lines=GOOD.lines[:4])

    assert found(idle) == [("satisfied_without_action", {"satisfaction": 5, "lines": 4})]
    assert found(hasty) == [("closed_at_once", {"seconds": 70})]
    assert found(short) == [("empty_reply", {"characters": 5})]
    assert found(own) == [("callback_by_handler", {})]
    assert found(unasked) == [("satisfaction_without_callback", {"satisfaction": 5})]


def test_nearly_the_same_words_are_a_copy_and_other_words_are_none() -> None:
    copy = replace(GOOD, id=uuid4(), number="BCS-2", reply={"answer": LONG + "谢谢"})
    other = replace(
        GOOD,
        id=uuid4(),
        reply={"answer": "经查您的社保缴费记录已补录，可在手机上查询到账明细情况。"},
    )

    assert found(GOOD, other) == []
    [(kind, seen)] = found(GOOD, other, copy)
    assert (kind, seen["like"]) == ("copied_reply", "BCS-1")
    assert 90 <= int(str(seen["percent"])) < 100


def test_a_sample_can_be_drawn_again_by_anybody() -> None:
    cases = [replace(GOOD, id=UUID(int=n)) for n in range(1, 41)]

    first = sampled(cases, 5, "hall|2026-02")

    assert first == sampled(list(reversed(cases)), 5, "hall|2026-02")
    assert len(set(first)) == 5
    assert first != sampled(cases, 5, "hall|2026-03")
    assert len(sampled(cases[:3], 5, "x")) == 3


@pytest.fixture
def supervisor(team: Team) -> Actor:
    return people.staff_in(team.ref, Role.SUPERVISOR)


def look(team: Team, by: Actor, when: str = "2026-03-03 02:00") -> int:
    with frozen(at(when)), hall(team.ref):
        return quality.look(by=by)


@pytest.mark.django_db
def test_a_suspicion_is_kept_once_and_judged_once(team: Team, supervisor: Actor) -> None:
    """Replied “已更正，可以领证。”: seven characters say nothing of facts, clause or next step."""
    with frozen(MONDAY):
        case = team.closed()
    assert look(team, supervisor) >= 1
    assert look(team, SYSTEM) == 0
    with hall(team.ref):
        check = Check.objects.get(case=case.id, kind="empty_reply")
        shown = queries.check(check.id, supervisor)
        assert (shown["found"], shown["answer"]) == ({"characters": 7}, "已更正，可以领证。")

        judged = quality.review(
            check_id=check.id, version=1, confirmed=True, note="应说明依据", by=supervisor
        )
        with pytest.raises(AlreadyJudged):
            quality.review(check_id=check.id, version=2, confirmed=False, note="x", by=supervisor)
        kept = Check.objects.get(id=check.id)

    assert (judged.state, kept.state, kept.version) == ("confirmed", "confirmed", 2)
    assert look(team, SYSTEM) == 0


@pytest.mark.django_db
def test_a_months_replies_are_sampled_and_scored(team: Team, supervisor: Actor) -> None:
    """C-92: three of five yes is 60."""
    with frozen(MONDAY):
        case = team.replied()
    with frozen(at("2026-04-01 09:00")), hall(team.ref):
        assert quality.draw(month=date(2026, 3, 1), by=supervisor) == 1
        assert quality.draw(month=date(2026, 3, 1), by=supervisor) == 0
        with pytest.raises(Invalid):
            quality.draw(month=date(2026, 4, 1), by=supervisor)
        check = Check.objects.get(kind="reply_audit")
        yes = dict(zip(CRITERIA, (True, True, False, True, False), strict=True))
        scored = quality.score(
            check_id=check.id, version=1, criteria=yes, note="缺少依据", by=supervisor
        )

    assert (scored.case, scored.period, scored.score) == (case.id, "2026-03", 60)


@pytest.mark.django_db
def test_who_handled_it_or_may_not_does_not_judge(
    team: Team, supervisor: Actor, district: HallRef
) -> None:
    with frozen(MONDAY):
        case = team.closed()
    look(team, supervisor)
    with hall(team.ref):
        check = Check.objects.get(case=case.id, kind="empty_reply")

    def review(ref: HallRef, by: Actor) -> None:
        with hall(ref):
            quality.review(check_id=check.id, version=1, confirmed=False, note="x", by=by)

    with pytest.raises(Forbidden):
        review(team.ref, team.desk)
    with pytest.raises(Forbidden):
        look(team, team.lead)
    with pytest.raises(NotFound):
        review(district, people.staff_in(district, Role.SUPERVISOR))
    with hall(team.ref):
        Case.objects.filter(id=case.id).update(handler_post=supervisor.post_id)
    with pytest.raises(NotYourDecision):
        review(team.ref, supervisor)

    with hall(team.ref):
        assert Check.objects.get(id=check.id).state == "open"
