"""The quiet and the mediation room: one slot, two officers, in no public figure (C-88)."""

from datetime import timedelta
from typing import Any

import pytest

from apps.windows import facts, rooms, services
from apps.windows.errors import RoomTaken
from apps.windows.models import RoomBooking
from apps.windows.services import RoomWanted
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.kernel.ids import new_id
from tests.support.clients import caller_for
from tests.support.counters import MORNING, queue_in, tickets_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

NEXT = MORNING + timedelta(minutes=30)


def officers(street: HallRef, count: int) -> list[Actor]:
    return [staff_in(street, Role.DESK_OFFICER) for _ in range(count)]


def wanted(second: Actor, **terms: Any) -> RoomWanted:
    given: dict[str, Any] = {"room": "quiet", "start": MORNING, "second": second.post_id}
    return RoomWanted(**{**given, **terms})


def test_neither_a_room_nor_an_officer_is_booked_twice(street: HallRef) -> None:
    """C-88: the room once, and whoever sits in one sits in no other at that time."""
    a, b, c, d = officers(street, 4)
    with hall(street), clock.frozen(MORNING):
        made = services.book_room(wanted(b), by=a)
        assert (made.officer_name, made.ends_at) == (a.name, NEXT)
        with pytest.raises(RoomTaken) as room:
            services.book_room(wanted(d), by=c)
        for by, second in ((c, a), (c, b), (a, c), (b, c)):
            with pytest.raises(RoomTaken) as officer:
                services.book_room(wanted(second, room="mediation"), by=by)
        assert (room.value.params, officer.value.params) == ({"what": "room"}, {"what": "officer"})
        assert RoomBooking.objects.count() == 1
        services.book_room(wanted(d, room="mediation"), by=c)
        services.book_room(wanted(b, start=NEXT), by=a)
        services.cancel_room(booking_id=made.id, by=c)
        services.book_room(wanted(b), by=a)
        assert [(row.room, row.starts_at) for row in rooms.bookings(MORNING.date())] == [
            ("mediation", MORNING),
            ("quiet", MORNING),
            ("quiet", NEXT),
        ]


def test_what_is_no_booking(street: HallRef) -> None:
    """C-88: two people, a slot on offer, a room the hall has, somebody of this hall."""
    a, b = officers(street, 2)
    with hall(street), clock.frozen(MORNING):
        for wrong in (
            wanted(a),
            wanted(b, start=MORNING + timedelta(minutes=5)),
            wanted(b, start=MORNING - timedelta(minutes=30)),
            wanted(b, start=MORNING + timedelta(days=3)),
            wanted(b, room="cellar"),
            RoomWanted("quiet", MORNING, new_id()),
            wanted(b, ticket=new_id()),
        ):
            with pytest.raises(Invalid):
                services.book_room(wrong, by=a)
        for role in (Role.GREETER, Role.ANALYST, Role.DEPT_HANDLER):
            with pytest.raises(Forbidden):
                services.book_room(wanted(b), by=staff_in(street, role))
        assert not RoomBooking.objects.exists()


def test_the_room_is_in_no_figure_and_no_other_hall(street: HallRef, other_street: HallRef) -> None:
    """C-88: kept out of public statistics."""
    a, b = officers(street, 2)
    caller = caller_for(street, a)
    with hall(street):
        (ticket,) = tickets_in(street, queue_in(street))
        before = facts.day_facts(clock.today())
        start = rooms.starts()[-1]
    body = {"room": "quiet", "start": start, "second": b.post_id, "ticket": ticket.id}
    made = caller.post("rooms", body)
    assert (made.status_code, made.json()["ticket"]["number"]) == (201, "Z001")
    with hall(street):
        assert facts.day_facts(clock.today()) == before

    day = str(clock.day_of(start))
    assert len(caller.get(f"rooms?day={day}").json()["results"]) == 1
    stranger = caller_for(other_street, staff_in(other_street, Role.SHIFT_LEAD))
    assert stranger.get(f"rooms?day={day}").json()["results"] == []
    assert stranger.post(f"rooms/{made.json()['id']}/cancel").status_code == 404
    sign = caller_for(street, a).get("portal/sign").json()
    assert set(sign) & {"rooms", "tension"} == set()
    with hall(street):
        with pytest.raises(Stale):
            services.cancel_room(booking_id=made.json()["id"], version=9, by=a)
        services.cancel_room(booking_id=made.json()["id"], by=a)
        with pytest.raises(NotFound):
            services.cancel_room(booking_id=made.json()["id"], by=a)
