"""Before and beside the windows: pre-checks, the greeter, feedback, tense moments; one thread."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from apps.cases import threads
from apps.cases.services import registration
from apps.windows import facts, guidances, services
from apps.windows.guidance_details import Category, Check, Detail, Direction, Result
from apps.windows.models import Guidance, Ticket
from apps.windows.rules import GuidanceKind
from apps.windows.services import Note
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import RECEPTION
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def pre_check(**terms: object) -> Note:
    given: dict[str, object] = {
        "kind": GuidanceKind.GUIDANCE,
        "matter": "办营业执照",
        "item_code": "SP-01",
        "phone": "19900001234",
        "result": Result.READY,
        "detail": Detail(checklist=(Check("身份证", True), Check("租赁合同", False))),
    }
    return Note(**{**given, **terms})  # type: ignore[arg-type]


def test_a_pre_check_keeps_its_list_and_result_but_no_phone(street: HallRef) -> None:
    """C-21, C-77."""
    officer = staff_in(street, Role.GUIDANCE_OFFICER)
    with hall(street):
        made = services.record(pre_check(), by=officer).guidance
        stored, whole = Guidance.objects.get(id=made.id), str(Guidance.objects.values().get())

    assert stored.detail["checklist"] == [
        {"text": "身份证", "ok": True},
        {"text": "租赁合同", "ok": False},
    ]
    assert (stored.result, stored.post_name) == ("ready", officer.name)
    assert stored.person_key is not None
    assert "19900001234" not in whole


def test_a_greeter_points_the_way_and_takes_the_number(street: HallRef) -> None:
    """C-85: three fields, no ID, no search."""
    greeter = caller_for(street, staff_in(street, Role.GREETER))
    queue = queue_in(street)

    answer = greeter.post(
        "guidance",
        {"kind": "greeting", "matter": "问社保", "direction": "queue", "queue": queue},
    )
    own = greeter.get("guidance").json()["results"]

    assert (answer.status_code, answer.json()["new_ticket"]["number"]) == (201, "Z001")
    assert [row["matter"] for row in own] == ["问社保"]


def test_a_greeter_neither_checks_nor_asks_for_a_phone_nor_sees_others(street: HallRef) -> None:
    greeter, officer = (staff_in(street, role) for role in (Role.GREETER, Role.GUIDANCE_OFFICER))
    with hall(street):
        made = services.record(pre_check(), by=officer).guidance
        greeting = pre_check(
            kind=GuidanceKind.GREETING, detail=Detail(direction=Direction.DESK), result=""
        )
        for note in (pre_check(), greeting):
            with pytest.raises(Forbidden):
                services.record(note, by=greeter)
        assert list(guidances.seen(greeter)) == []
        with pytest.raises(NotFound):
            guidances.one(greeter, made.id)
        assert Guidance.objects.count() == 1
    caller = caller_for(street, greeter)
    for path in ("cases", "appointments", "receptions"):
        assert caller.get(path).status_code == 403


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (GuidanceKind.GUIDANCE, "result"),
        (GuidanceKind.GREETING, "direction"),
        (GuidanceKind.FEEDBACK, "category"),
    ],
)
def test_each_kind_wants_what_it_is_counted_by(
    street: HallRef, kind: GuidanceKind, missing: str
) -> None:
    with hall(street), pytest.raises(Invalid) as refused:
        services.record(Note(kind, matter="x"), by=SYSTEM)
    assert list(refused.value.params["errors"]) == [missing]


def test_feedback_stands_alone_and_may_become_a_case(street: HallRef) -> None:
    """C-86."""
    officer = staff_in(street, Role.DESK_OFFICER)
    note = Note(
        GuidanceKind.FEEDBACK, matter="叫号太快", detail=Detail(category=Category.COMPLAINT)
    )
    with hall(street):
        made = services.record(note, by=officer).guidance
    caller = caller_for(street, officer)

    unknown = caller.post(f"guidance/{made.id}/link", {"case": made.id})

    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid")
    with hall(street):
        assert Guidance.objects.get(id=made.id).case_id is None
        assert Ticket.objects.count() == 0


def test_a_tense_moment_warns_whoever_is_next_and_is_in_no_figure(street: HallRef) -> None:
    """C-88: room and second officer; kept out of public statistics."""
    queue = queue_in(street)
    clerk = staff_in(street, Role.WINDOW_CLERK)
    ticket = tickets_in(street, queue)[0]
    with hall(street):
        before = facts.day_facts(clock.today())
        services.record(
            Note(
                GuidanceKind.TENSION,
                ticket=ticket.id,
                detail=Detail(room="静谈室", second_officer="值班长"),
            ),
            by=clerk,
        )
        assert facts.day_facts(clock.today()) == before
        window = window_in(street, [queue], clerk=clerk)
    called = caller_for(street, clerk).post(f"windows/{window}/call-next").json()
    page = Caller(street).get(f"portal/positions/{ticket.code}")

    assert called["tension"] is True
    assert "tension" not in page.json()


def test_one_thread_leads_from_the_number_to_its_case(street: HallRef) -> None:
    """A called number opens a reception, a reception opens a case."""
    queue = queue_in(street)
    clerk, analyst = (staff_in(street, role) for role in (Role.WINDOW_CLERK, Role.ANALYST))
    ticket = tickets_in(street, queue)[0]
    with hall(street):
        reception = registration.receive(replace(RECEPTION, ticket=ticket.id), by=clerk)
        seen, unseen = threads.thread(clerk, ticket.id), threads.thread(analyst, ticket.id)

    assert (seen.ticket.number, seen.reception) == ("Z001", reception.id)
    assert (unseen.reception, unseen.case) == (None, None)


def visit(street: HallRef, window: UUID, queue: UUID, phone: str, outcome: str) -> None:
    """One person with one matter."""
    services.take(queue_id=queue, phone=phone, by=SYSTEM)
    services.call_next(window_id=window, by=SYSTEM)
    services.start(window_id=window, by=SYSTEM)
    services.finish(window_id=window, outcome=outcome, item_code="SP-01", by=SYSTEM)


def test_what_guidance_did_compares_people_of_the_same_item(street: HallRef) -> None:
    """C-22, M-20: guided two of three done at once, unguided one of two."""
    lead: Actor = staff_in(street, Role.SHIFT_LEAD)
    with hall(street):
        queue = queue_in(street)
        window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
        guided = {"19900000001": "done", "19900000002": "done", "19900000003": "materials"}
        for phone in guided:
            services.record(pre_check(phone=phone), by=SYSTEM)
        unguided = {"19900000004": "done", "19900000005": "materials"}
        for phone, outcome in {**guided, **unguided}.items():
            visit(street, window, queue, phone, outcome)
        today = clock.today()
        (found,) = threads.effect(lead, today, today)
        earlier = threads.effect(lead, today - timedelta(days=9), today - timedelta(days=1))
        with pytest.raises(Forbidden):
            threads.effect(staff_in(street, Role.WINDOW_CLERK), today, today)

    assert (found.item_code, found.guided.people, found.guided.first_pass) == ("SP-01", 3, 2)
    assert (found.unguided.people, found.unguided.first_pass) == (2, 1)
    assert (found.guided.stuck, found.unguided.stuck, earlier) == (0, 0, [])
