"""The kiosk and the phone: what is on offer, who is refused, the public page of a number."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.portal import limits
from apps.staff import services as staff
from apps.windows import services
from apps.windows.errors import (
    ClosedNow,
    ContingentUsed,
    OneEach,
    QueueInactive,
    TooManyTickets,
)
from apps.windows.models import Queue, Ticket
from apps.windows.opening import Timetable
from apps.windows.rules import Channel
from apps.windows.services import Spans
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.kernel.hall import HallRef, hall
from tests.support.clients import Caller, caller_for
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

CITIZEN = Actor(kind="citizen", name="citizen")
ALWAYS = Spans((("00:00", "24:00"),), (1, 2, 3, 4, 5, 6, 7))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    limits.forget()


def always_open(street: HallRef, prefix: str = "Z", **terms: Any) -> Any:
    queue = queue_in(street, prefix)
    with hall(street):
        services.set_hours(queue_id=queue, effective_from=clock.today(), spans=ALWAYS, by=SYSTEM)
        if terms:
            services.change_queue(queue_id=queue, by=SYSTEM, **terms)
    return queue


def kiosk_in(street: HallRef, kind: str = "kiosk") -> Caller:
    with hall(street):
        return Caller(street, staff.pair_device(name="取号机", kind=kind, by=SYSTEM))


def test_a_kiosk_takes_numbers_and_a_double_tap_gives_one(street: HallRef) -> None:
    """Issue 4: kiosk double tap. The same key is one number."""
    queue, kiosk = always_open(street), kiosk_in(street)

    first = kiosk.post("kiosk/tickets", {"queue": queue}, key="tap-1")
    again = kiosk.post("kiosk/tickets", {"queue": queue}, key="tap-1")

    assert (first.status_code, first.json()["number"]) == (201, "Z001")
    assert again.json()["id"] == first.json()["id"]
    assert first.json()["position_path"] == f"/p/t/{first.json()['code']}"
    with hall(street):
        assert Ticket.objects.get().channel == Channel.KIOSK


def test_a_number_display_takes_no_numbers(street: HallRef) -> None:
    queue = always_open(street)
    display = kiosk_in(street, "display")

    for path in ("kiosk/tickets", "tickets"):
        assert display.post(path, {"queue": queue}).status_code == 403
    assert display.get("kiosk/menu").status_code == 403
    with hall(street):
        assert not Ticket.objects.exists()


def test_the_menu_has_two_levels_and_says_what_is_left(street: HallRef) -> None:
    always_open(street, "A", group="综合", contingent=3)
    always_open(street, "B", group="综合")
    always_open(street, "C", group="税务")
    always_open(street, "D", kiosk=False)
    always_open(street, "E", active=False)

    body = kiosk_in(street).get("kiosk/menu").json()

    assert [(g["name"], [q["prefix"] for q in g["queues"]]) for g in body["groups"]] == [
        ("综合", ["A", "B"]),
        ("税务", ["C"]),
    ]
    assert [q["left"] for q in body["groups"][0]["queues"]] == [3, None]
    assert (body["open"], body["opens_at"]) == (True, None)


def test_outside_the_hours_machines_give_nothing_and_say_when(street: HallRef) -> None:
    """Monday 23 November 2026, 12:30: the hall's midday break until 14:00 (F103)."""
    queue = queue_in(street)
    with hall(street), clock.frozen(MORNING.replace(hour=12, minute=30)):
        for channel, by in ((Channel.QR, CITIZEN), (Channel.KIOSK, SYSTEM)):
            with pytest.raises(ClosedNow) as refused:
                services.take(queue_id=queue, channel=channel, by=by)
        assert services.take(queue_id=queue, by=SYSTEM).ticket.number == "Z001"
    assert refused.value.params == {"opens_at": "2026-11-23T14:00:00+08:00"}


def test_lunch_is_staggered_and_weekends_are_the_halls_decision(street: HallRef) -> None:
    """domain.md §3.8 item 5: a weekend's opening makes no working day, but it opens."""
    early, late = queue_in(street, "A"), queue_in(street, "B")
    with hall(street), clock.frozen(MORNING):
        services.change_queue(queue_id=late, lunch_shift=30, by=SYSTEM)
        weekend = Spans((("09:00", "11:30"),), (6,))
        services.set_hours(
            queue_id=early,
            effective_from=MORNING.date() + timedelta(days=2),
            spans=weekend,
            by=SYSTEM,
        )
        table = Timetable(Queue.objects.order_by("prefix"))
        monday, saturday = MORNING.date(), MORNING.date() + timedelta(days=5)
        shown = [
            [f"{a.astimezone(clock.ZONE):%H:%M}-{b.astimezone(clock.ZONE):%H:%M}" for a, b in day]
            for day in (
                table.on(early, monday),
                table.on(late, monday),
                table.on(early, saturday),
                table.on(late, saturday),
            )
        ]
    assert shown == [
        ["08:30-12:00", "14:00-17:30"],
        ["08:30-12:30", "14:30-17:30"],
        ["09:00-11:30"],
        [],
    ]


def test_the_days_numbers_run_out_and_the_shift_lead_gives_one_more(street: HallRef) -> None:
    queue = always_open(street, contingent=2)
    clerk, lead = staff_in(street, Role.WINDOW_CLERK), staff_in(street, Role.SHIFT_LEAD)
    with hall(street):
        services.change_queue(queue_id=queue, slot_capacity=1, by=SYSTEM)
        tickets_in(street, queue, 2)
        with pytest.raises(ContingentUsed) as refused:
            services.take(queue_id=queue, by=clerk)
        assert Ticket.objects.count() == 2
        assert services.take(queue_id=queue, by=lead).ticket.number == "Z003"
        services.change_queue(queue_id=queue, active=False, by=SYSTEM)
        with pytest.raises(QueueInactive):
            services.take(queue_id=queue, by=lead)
    assert len(refused.value.params["appointments"]) == 3


def test_one_phone_waits_once_in_a_queue_and_holds_three_numbers_a_day(street: HallRef) -> None:
    """F105: agents who occupy numbers; the same phone is found without being kept."""
    queues = [always_open(street, prefix) for prefix in "ABCD"]
    with hall(street):
        for queue in queues[:3]:
            services.take(queue_id=queue, phone="199 0000 1234", channel=Channel.QR, by=CITIZEN)
        with pytest.raises(OneEach) as again:
            services.take(queue_id=queues[0], phone="19900001234", channel=Channel.QR, by=CITIZEN)
        with pytest.raises(TooManyTickets) as many:
            services.take(
                queue_id=queues[3], phone="19900001234", by=staff_in(street, Role.WINDOW_CLERK)
            )
        with pytest.raises(Forbidden):
            services.take(queue_id=queues[3], channel=Channel.KIOSK, by=CITIZEN)
        stored = str(list(Ticket.objects.values()))
    assert (again.value.params, many.value.params) == ({"number": "A001"}, {"most": 3})
    assert "19900001234" not in stored


def test_a_numbers_page_follows_it_and_tells_nobody_who_it_is(street: HallRef) -> None:
    queue = always_open(street)
    clerk = staff_in(street, Role.WINDOW_CLERK)
    with hall(street):
        window = window_in(street, [queue], "7", clerk)
        tickets_in(street, queue, 2)
    page = Caller(street)
    taken = page.post("portal/tickets", {"queue": queue, "phone": "19900001234"}).json()
    address = f"portal/positions/{taken['code']}"

    waiting = page.get(address)
    assert (waiting.json()["ahead"], waiting.json()["state"]) == (2, "waiting")
    same = page.get(address, **{"If-None-Match": waiting["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    with hall(street):
        for _ in range(3):
            services.call_next(window_id=window, by=clerk)
            if Ticket.objects.filter(state="called", number="Z003").exists():
                break
            services.miss(window_id=window, by=clerk)
    called = page.get(address, **{"If-None-Match": waiting["ETag"]}).json()
    assert (called["state"], called["window"], called["ahead"]) == ("called", "7", None)
    with hall(street):
        services.miss(window_id=window, by=clerk)
    missed = page.get(address).json()
    assert (missed["state"], missed["return_until"] is not None) == ("missed", True)
    assert clerk.name not in str(missed)
    back = kiosk_in(street).post("kiosk/returns", {"code": taken["code"]})
    assert back.json()["state"] == "waiting"
    gone = page.post(f"{address}/leave")
    assert gone.json()["state"] == "left"


def test_a_guessed_code_opens_nothing_and_guessing_ends(
    street: HallRef, other_street: HallRef
) -> None:
    queue = always_open(street)
    code = (
        Caller(street)
        .post("portal/tickets", {"queue": queue, "phone": "19900001234"})
        .json()["code"]
    )

    foreign = Caller(other_street).get(f"portal/positions/{code}")
    unknown = Caller(street).get("portal/positions/2222222222")
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert unknown.json()["code"] == "portal.not_found"
    answers = [Caller(street).get("portal/positions/2222222223") for _ in range(limits.PER_ADDRESS)]
    assert answers[-1].status_code == 429
    assert Caller(street).get(f"portal/positions/{code}").status_code == 200


def test_everybodys_place_is_reckoned_once_for_all_who_look(street: HallRef) -> None:
    queue = always_open(street)
    codes = [ticket.code for ticket in tickets_in(street, queue, 30)]
    page = Caller(street)
    page.get(f"portal/positions/{codes[0]}")

    with CaptureQueriesContext(connection) as found:
        place = page.get(f"portal/positions/{codes[20]}").json()["ahead"]

    assert place == 20
    assert len(found) <= 4  # the host, the number, the newest event of the queue


def test_the_sign_at_the_entrance_shows_figures_only(street: HallRef) -> None:
    """C-82."""
    queue = always_open(street)
    with hall(street):
        window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
        services.take(queue_id=queue, phone="19900001234", by=SYSTEM)

    body = Caller(street).get("portal/sign").json()

    assert (body["open"], body["waiting"], body["open_windows"]) == (True, 1, 1)
    assert set(body) == {
        *("hall", "open", "opens_at", "closes_at", "waiting", "minutes", "open_windows"),
        *("phone", "at"),
    }


def test_a_hall_admin_sets_queues_up_and_numbers_keep_their_letter(street: HallRef) -> None:
    admin = caller_for(street, staff_in(street, Role.HALL_ADMIN))
    made = admin.post("queues", {"prefix": "F", "name": "企业开办", "group": "企业"})
    assert made.status_code == 201
    ident = made.json()["id"]
    with hall(street):
        tickets_in(street, ident)

    named = admin.post(f"queues/{ident}", {"name": "企业服务", "contingent": 40}, version=1)
    stale = admin.post(f"queues/{ident}", {"name": "x"}, version=1)
    letter = admin.post(f"queues/{ident}", {"prefix": "G"}, version=2)
    hours = admin.post(
        f"queues/{ident}/hours",
        {"effective_from": str(clock.today()), "hours": [["09:00", "08:00"]]},
    )
    clerk = caller_for(street, staff_in(street, Role.SHIFT_LEAD))

    assert (named.json()["contingent"], named["ETag"]) == (40, '"v2"')
    assert (stale.status_code, letter.json()["code"]) == (412, "windows.prefix_in_use")
    assert (hours.status_code, clerk.post(f"queues/{ident}", {"name": "x"}).status_code) == (
        *(422,),
        403,
    )
    past = clock.today() - timedelta(days=1)
    with hall(street), pytest.raises(Invalid):
        services.set_hours(queue_id=ident, effective_from=past, spans=ALWAYS, by=SYSTEM)
