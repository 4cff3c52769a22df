"""Windows over HTTP: shapes, headers, keys, strangers, query counts."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from apps.staff import services as staff
from apps.staff.models import Device
from apps.windows import queries, services
from apps.windows.permissions import TABLE
from apps.windows.rules import PriorityReason
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(street: HallRef) -> Actor:
    return staff_in(street, Role.WINDOW_CLERK)


@pytest.fixture
def caller(street: HallRef, clerk: Actor) -> Caller:
    return caller_for(street, clerk)


def test_a_number_taken_tells_its_place_and_its_version(street: HallRef, caller: Caller) -> None:
    queue = queue_in(street)
    tickets_in(street, queue, 2)

    answer = caller.post("tickets", {"queue": queue, "priority_reason": "elderly"})

    body = body_of(answer)
    assert answer.status_code == 201
    assert (body["number"], body["state"], body["priority"]) == ("Z003", "waiting", True)
    assert (body["queue"]["prefix"], body["window"], body["version"]) == ("Z", None, 1)
    assert (body["ahead"], body["estimated_wait_minutes"]) == (2, None)
    assert answer["ETag"] == '"v1"'
    assert answer["X-Event-Seq"] == "board=3, queue=3"


def test_the_same_key_gives_out_one_number(street: HallRef, caller: Caller) -> None:
    queue = queue_in(street)

    first = caller.post("tickets", {"queue": queue}, key="k1")
    second = caller.post("tickets", {"queue": queue}, key="k1")

    assert body_of(first) == body_of(second)
    with hall(street):
        assert queries.waiting()[0].count == 1


def test_taking_without_a_key_is_refused(street: HallRef, caller: Caller) -> None:
    answer = caller.post("tickets", {"queue": queue_in(street)}, key=None)

    assert (answer.status_code, body_of(answer)["code"]) == (400, "idempotency.key_required")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "queue"),
        ({"queue": "x"}, "queue"),
        ({"queue": str(uuid4())}, "queue"),
        ({"queue": str(uuid4()), "priority_reason": "rich"}, "priority_reason"),
    ],
)
def test_a_bad_request_for_a_number_names_the_field(
    caller: Caller, body: dict[str, str], field: str
) -> None:
    answer = caller.post("tickets", body)

    assert answer.status_code == 422
    assert list(body_of(answer)["params"]["errors"]) == [field]


def test_a_number_goes_through_a_window(street: HallRef, caller: Caller) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue])
    tickets_in(street, queue)

    states = []
    for press, body in (
        ("open", {}),
        ("call-next", {}),
        ("recall", {}),
        ("start", {}),
        ("finish", {"outcome": "done"}),
        ("pause", {"reason": "午休"}),
        ("close", {}),
    ):
        answer = caller.post(f"windows/{window}/{press}", body)
        assert answer.status_code == 200, (press, answer.content)
        states.append(body_of(answer)["state"])

    assert states == ["open", "called", "called", "serving", "finished", "paused", "closed"]


def test_call_next_answers_204_when_nobody_waits(
    street: HallRef, clerk: Actor, caller: Caller
) -> None:
    window = window_in(street, [queue_in(street)], clerk=clerk)

    answer = caller.post(f"windows/{window}/call-next")

    assert (answer.status_code, answer.content) == (204, b"")


def test_calling_twice_with_one_key_calls_one_number(
    street: HallRef, clerk: Actor, caller: Caller
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue, 2)

    first = caller.post(f"windows/{window}/call-next", key="press")
    second = caller.post(f"windows/{window}/call-next", key="press")

    assert body_of(first) == body_of(second)
    assert second["ETag"] == '"v2"'


def test_refusals_are_coded(street: HallRef, clerk: Actor, caller: Caller) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue, 2)

    nobody_called = caller.post(f"windows/{window}/finish")
    caller.post(f"windows/{window}/call-next")
    still = caller.post(f"windows/{window}/call-next")
    too_early = caller.post(f"windows/{window}/finish")
    stale = caller.post(f"windows/{window}/miss", version=1)

    codes = [(a.status_code, body_of(a)["code"]) for a in (nobody_called, still, too_early, stale)]
    assert codes == [
        (409, "windows.no_ticket"),
        (409, "windows.still_serving"),
        (409, "windows.step_not_allowed"),
        (412, "stale_version"),
    ]
    assert body_of(too_early)["params"] == {"state": "called", "step": "finish"}


def test_the_list_of_waiting_people_pages_in_their_order(street: HallRef, caller: Caller) -> None:
    queue = queue_in(street)
    tickets_in(street, queue, 3)

    first = body_of(caller.get("tickets?state=waiting&limit=2"))
    rest = body_of(caller.get(f"tickets?state=waiting&limit=2&cursor={first['next']}"))

    numbers = [ticket["number"] for ticket in first["results"] + rest["results"]]
    assert numbers == ["Z001", "Z002", "Z003"]
    assert rest["next"] is None


def test_windows_show_queues_and_the_current_number(
    street: HallRef, clerk: Actor, caller: Caller
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue)
    with hall(street):
        services.call_next(window_id=window, by=clerk)

    shown = body_of(caller.get("windows"))["results"][0]

    assert shown["clerk"] == {"id": str(clerk.post_id), "name": clerk.name}
    assert [queue["prefix"] for queue in shown["queues"]] == ["Z"]
    assert shown["current_ticket"]["number"] == "Z001"
    assert shown["current_ticket"]["window"]["number"] == "1"


def test_another_halls_ticket_is_unknown_in_the_same_bytes(
    street: HallRef, other_street: HallRef
) -> None:
    ticket = tickets_in(street, queue_in(street))[0]
    outsider = caller_for(other_street, staff_in(other_street, Role.HALL_ADMIN))

    foreign, unknown = outsider.get(f"tickets/{ticket.id}"), outsider.get(f"tickets/{uuid4()}")

    assert foreign.status_code == 404
    assert foreign.content == unknown.content


def test_another_halls_window_is_unknown_to_every_press(
    street: HallRef, other_street: HallRef, clerk: Actor
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue)
    outsider = caller_for(other_street, staff_in(other_street, Role.HALL_ADMIN))

    presses = ("open", "close", "call-next", "recall", "start", "finish", "miss")
    foreign = [outsider.post(f"windows/{window}/{press}").content for press in presses]
    unknown = [outsider.post(f"windows/{uuid4()}/{press}").content for press in presses]

    assert foreign == unknown
    with hall(street):
        assert queries.waiting()[0].count == 1


def test_strangers_see_nothing(street: HallRef, stranger: HallRef, clerk: Actor) -> None:
    elsewhere = caller_for(street, clerk)
    elsewhere.ref = stranger

    answers = [
        caller.get(path).status_code
        for caller in (Caller(street), elsewhere)
        for path in ("tickets", "windows", "queues", "board", "display/state")
    ]

    assert answers == [401] * 10


def test_the_display_tells_calls_in_order_and_no_name(
    street: HallRef, clerk: Actor, caller: Caller
) -> None:
    queue = queue_in(street)
    one, two = (window_in(street, [queue], number, clerk) for number in ("1", "2"))
    tickets_in(street, queue, 3)
    tickets_in(street, queue, 1, PriorityReason.ILL)
    with hall(street):
        secret = staff.pair_device(name="大屏", kind="display", by=SYSTEM)
        services.call_next(window_id=one, by=clerk)
        services.call_next(window_id=two, by=clerk)
        services.recall(window_id=one, by=clerk)

    answer = Caller(street, secret).get("display/state")

    body = body_of(answer)
    told = [(call["number"], call["window"]) for call in body["calls"]]
    assert told == [("Z001", "1"), ("Z002", "2"), ("Z001", "1")]
    assert [call["seq"] for call in body["calls"]] == [3, 2, 1]
    assert body["serving"][0] == {"number": "Z002", "window": "2"}
    assert body["next"] == ["Z004", "Z003"]
    assert clerk.name not in answer.content.decode()


def test_a_display_may_read_nothing_else_and_change_nothing(street: HallRef) -> None:
    queue = queue_in(street)
    with hall(street):
        secret = staff.pair_device(name="大屏", kind="display", by=SYSTEM)
    display = Caller(street, secret)

    read = [display.get(path).status_code for path in ("tickets", "windows", "board", "staff")]
    taken = display.post("tickets", {"queue": queue}).status_code

    assert (read, taken) == ([403] * 4, 403)


def test_a_revoked_display_is_out_at_once(street: HallRef) -> None:
    with hall(street):
        secret = staff.pair_device(name="大屏", kind="display", by=SYSTEM)
        device = Device.objects.get()
        staff.revoke_device(device_id=device.id, by=SYSTEM)

    assert Caller(street, secret).get("display/state").status_code == 401


@pytest.mark.parametrize("role", list(Role))
def test_the_permission_table_decides_who_calls(street: HallRef, role: Role) -> None:
    queue = queue_in(street)
    person = staff_in(street, role)
    window = window_in(street, [queue])

    answer = caller_for(street, person).post(f"windows/{window}/open")

    allowed = role in {Role.WINDOW_CLERK, Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.HALL_ADMIN}
    assert (answer.status_code == 200) is allowed
    assert (role in TABLE["windows.serve"]) is allowed


def test_a_token_without_the_scope_does_not_call(street: HallRef, clerk: Actor) -> None:
    window = window_in(street, [queue_in(street)], clerk=clerk)
    reader = caller_for(street, clerk, scopes=["windows.read"])

    assert reader.get("windows").status_code == 200
    assert reader.post(f"windows/{window}/call-next").status_code == 403


@pytest.mark.parametrize(
    ("path", "most"),
    [("tickets?state=waiting", 3), ("windows", 5), ("display/state", 7)],
)
def test_reading_takes_a_fixed_number_of_queries(
    street: HallRef, clerk: Actor, caller: Caller, path: str, most: int
) -> None:
    queue = queue_in(street)
    for number in range(3):
        window_in(street, [queue], str(number), clerk)
    tickets_in(street, queue, 10)

    assert _queries(caller, "GET", path) <= most


@pytest.mark.parametrize(("press", "most"), [("call-next", 14), ("recall", 11), ("miss", 11)])
def test_a_press_takes_a_fixed_number_of_queries(
    street: HallRef, clerk: Actor, caller: Caller, press: str, most: int
) -> None:
    queue = queue_in(street)
    window = window_in(street, [queue], clerk=clerk)
    tickets_in(street, queue, 5)
    if press != "call-next":
        with hall(street):
            services.call_next(window_id=window, by=clerk)

    assert _queries(caller, "POST", f"windows/{window}/{press}") <= most


def _queries(caller: Caller, method: str, path: str) -> int:
    """Statements of one successful request to a host known already, without savepoints."""
    caller.get("queues")
    with CaptureQueriesContext(connection) as found:
        answer = caller.get(path) if method == "GET" else caller.post(path)
    assert answer.status_code == 200, answer.content
    told = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
    return len(told)


def body_of(answer: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)
