"""A referred matter that was answered: whichever hall's callback comes first closes it for both."""

import pytest

from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.rules import Outcome
from apps.cases.services import answering, appealing, handling
from apps.cases.services.answering import Callback
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support import people
from tests.support.cases import CLOSING, Team
from tests.support.referrals import accept, hear, read_again, refer

pytestmark = pytest.mark.django_db


def answered(low: Team, high: Team) -> tuple[Case, Case]:
    """The street's case and the district's, both delivered."""
    mine = low.triaged()
    letter = refer(low, mine)
    theirs = accept(high, letter)
    with hall(high.ref):
        theirs = _worked(high, high.dispatch(theirs))
    hear(low.ref, high.ref)
    return read_again(low, mine), theirs


def _worked(team: Team, case: Case) -> Case:
    case = handling.sign(case_id=case.id, version=case.version, by=team.handler)
    case = handling.contact(
        case_id=case.id,
        version=case.version,
        method="phone",
        result="reached",
        note="",
        by=team.handler,
    )
    reply = handling.Reply("已恢复。", "yes", Outcome.DONE)
    case = handling.reply(case_id=case.id, version=case.version, given=reply, by=team.handler)
    case = handling.review(
        case_id=case.id, version=case.version, decision="pass", note="", by=team.desk
    )
    return team.deliver(case)


def called_and_closed(team: Team, case: Case) -> Case:
    said = Callback("solved", 5, outcome=Outcome.DONE, file=CLOSING)
    with hall(team.ref):
        return answering.call_back(case_id=case.id, version=case.version, given=said, by=team.lead)


def test_the_citizens_hall_closes_first_and_the_other_follows(
    street: HallRef, district: HallRef
) -> None:
    """C-20, §2.7 item 6."""
    low, high = Team(street), Team(district)
    mine, theirs = answered(low, high)
    assert (mine.state, theirs.state) == ("delivered", "delivered")

    called_and_closed(low, mine)
    hear(street, district)

    followed = read_again(high, theirs)
    assert (followed.state, followed.outcome) == ("closed", "done")
    assert followed.due_at is None
    with hall(district):
        last = CaseEvent.objects.filter(case=theirs).order_by("-seq")[0]
    assert (last.kind, last.actor_unit) == ("sender_closed", street.name)


def test_the_answering_hall_closes_first_and_the_sender_follows(
    street: HallRef, district: HallRef
) -> None:
    """C-20."""
    low, high = Team(street), Team(district)
    mine, theirs = answered(low, high)

    called_and_closed(high, theirs)
    hear(street, district)

    followed = read_again(low, mine)
    assert (followed.state, followed.outcome) == ("closed", "done")


def test_both_at_once_close_once_each(street: HallRef, district: HallRef) -> None:
    """C-20: what comes late is put down and moves nothing."""
    low, high = Team(street), Team(district)
    mine, theirs = answered(low, high)

    called_and_closed(low, mine)
    called_and_closed(high, theirs)
    hear(street, district)
    hear(street, district)

    for team, case in ((low, mine), (high, theirs)):
        with hall(team.ref):
            closings = CaseEvent.objects.filter(case=case, after="closed").exclude(before="closed")
            assert closings.count() == 1
        assert read_again(team, case).state == "closed"


def test_a_closing_that_comes_after_the_callback_still_closes(
    street: HallRef, district: HallRef
) -> None:
    """C-20: the sender called back and waited; the receiver's end arrives."""
    low, high = Team(street), Team(district)
    mine, theirs = answered(low, high)
    with hall(low.ref):
        mine = answering.call_back(
            case_id=mine.id, version=mine.version, given=Callback("solved", 5), by=low.lead
        )

    called_and_closed(high, theirs)
    hear(street, district)

    assert read_again(low, mine).state == "closed"


def test_what_the_person_waits_for_outlives_the_other_halls_end(
    street: HallRef, district: HallRef
) -> None:
    """C-60: each hall's pending re-examination keeps its clock and is answered, whichever hall
    closes."""
    for first in (0, 1):
        low, high = Team(street), Team(district)
        cases = list(answered(low, high))
        teams = [low, high]
        waiting, ending = teams[1 - first], teams[first]
        with hall(waiting.ref):
            asked = appealing.appeal(
                case_id=cases[1 - first].id,
                version=cases[1 - first].version,
                grounds="请再看一次",
                by=waiting.clerk,
            )
        called_and_closed(ending, cases[first])
        hear(street, district)

        case = read_again(waiting, asked)
        assert (case.state, [one["kind"] for one in case.asked]) == ("closed", ["appeal"])
        examiner = people.staff_in(waiting.ref, Role.SUPERVISOR)
        with hall(waiting.ref):
            running = Deadline.objects.filter(case=case, ended="").values_list("stage", flat=True)
            assert list(running) == ["appeal"]
            done = appealing.answer(
                case_id=case.id, version=case.version, decision="uphold", note="维持", by=examiner
            )
        assert (done.state, done.asked) == ("closed", [])
