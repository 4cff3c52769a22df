"""GET /api/v1/events: the log for pages without a socket, under the sockets' permissions."""

from typing import Any

import pytest

from apps.staff import services
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log
from bancheng.services.live.log import Change
from bancheng.services.live.models import LiveEvent
from tests.support.clients import Caller, caller_for
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(street: HallRef) -> Caller:
    caller = caller_for(street, staff_in(street, Role.DESK_OFFICER))
    with hall(street):
        for number in range(5):
            log.publish(["desk"], Change("dispatched", f"case-{number}", number))
    return caller


def page(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_came_after_a_number_in_order(officer: Caller) -> None:
    found = page(officer.get("events?topic=desk&after=3"))

    assert [event["seq"] for event in found["events"]] == [4, 5]
    assert found["events"][0] == {
        "seq": 4,
        "at": found["events"][0]["at"],
        "kind": "dispatched",
        "ref": "case-3",
        "version": 3,
        "data": {},
        "actor": "",
        "cid": "",
    }
    assert (found["topic"], found["head"], found["reset"]) == ("desk", 5, False)


def test_without_a_number_only_the_newest_is_told(officer: Caller) -> None:
    assert page(officer.get("events?topic=desk")) == {
        "topic": "desk",
        "head": 5,
        "events": [],
        "reset": False,
    }


def test_a_long_absence_is_read_in_parts(officer: Caller) -> None:
    found = page(officer.get("events?topic=desk&after=0&limit=2"))

    assert [event["seq"] for event in found["events"]] == [1, 2]
    assert found["head"] == 5


def test_numbers_that_are_gone_make_the_page_fetch(officer: Caller, street: HallRef) -> None:
    with hall(street):
        LiveEvent.objects.filter(seq__lte=3).delete()

    found = page(officer.get("events?topic=desk&after=1"))

    assert found == {"topic": "desk", "head": 5, "events": [], "reset": True}


def test_a_topic_that_is_not_ones_own_is_answered_like_an_unknown_one(street: HallRef) -> None:
    handler = caller_for(street, staff_in(street, Role.DEPT_HANDLER))

    known, unknown = handler.get("events?topic=desk"), handler.get("events?topic=nonsense")

    assert known.status_code == unknown.status_code == 404
    assert known.content == unknown.content


def test_another_halls_token_reads_nothing(officer: Caller, other_street: HallRef) -> None:
    officer.ref = other_street

    assert officer.get("events?topic=desk&after=0").status_code == 401


def test_nobody_reads_nothing(street: HallRef) -> None:
    assert Caller(street).get("events?topic=desk").status_code == 401


def test_a_display_may_poll_what_is_called_out(street: HallRef) -> None:
    with hall(street):
        secret = services.pair_device(name="大厅屏", kind="display", by=SYSTEM)
    screen = Caller(street, secret)

    assert page(screen.get("events?topic=display"))["head"] == 0
    assert screen.get("events?topic=desk").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["", "topic=", f"topic={'a' * 101}", "topic=desk&after=-1", "topic=desk&after=x",
     "topic=desk&after=1e9", "topic=desk&limit=0", "topic=desk&limit=501",
     "topic=desk&after=9007199254740993", "topic=%00"],
)  # fmt: skip
def test_a_question_that_is_none_is_refused(officer: Caller, query: str) -> None:
    answer: Any = officer.get(f"events?{query}")

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
