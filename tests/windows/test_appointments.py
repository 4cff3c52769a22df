"""Appointments: who may book what, one a day, served first in their slot, no-shows counted."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.windows import appointments, ical, services, slots
from apps.windows.errors import (
    AppointmentOver,
    CancelTooLate,
    CheckInEarly,
    CheckInLate,
    OneADay,
    SlotFull,
    SlotUnknown,
    TooManyNoShows,
)
from apps.windows.models import Appointment, Queue, Ticket
from apps.windows.services import Visitor
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live import log as live
from tests.support.counters import MORNING, queue_in, tickets_in, window_in
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db

CITIZEN = Actor(kind="citizen", name="citizen")
LIN = Visitor("林晓雨", "199-0000-1234")
TOMORROW = MORNING + timedelta(days=1)


def booked_queue(street: HallRef, capacity: int = 2) -> Any:
    queue = queue_in(street)
    with hall(street):
        services.change_queue(queue_id=queue, slot_capacity=capacity, by=SYSTEM)
    return queue


def book(queue: Any, start: datetime = TOMORROW, who: Visitor = LIN, by: Actor = CITIZEN) -> Any:
    return services.book(queue_id=queue, start=start, visitor=who, by=by)


def visitor(number: int) -> Visitor:
    return Visitor("王某某", f"1990000{number:04d}")


def test_slots_are_the_opening_hours_cut_into_half_hours(street: HallRef) -> None:
    """domain.md §3.7: 8:30–12:00 and 14:00–17:30 (F103); Monday 23 November 2026."""
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        found = slots.slots(Queue.objects.get(id=queue), TOMORROW.date())
        days = slots.days_on_offer()
        saturday = slots.slots(Queue.objects.get(id=queue), datetime(2026, 11, 28).date())

    starts = [f"{slot.start.astimezone(clock.ZONE):%H:%M}" for slot in found]
    assert starts[:2] == ["08:30", "09:00"]
    assert starts[7:9] == ["14:00", "14:30"]
    assert (len(starts), {slot.left for slot in found}) == (14, {2})
    assert (str(days[0]), str(days[-1])) == ("2026-11-24", "2026-11-30")  # five working days
    assert saturday == []


def test_a_slot_is_booked_until_it_is_full(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        for number in (1, 2):
            book(queue, who=visitor(number))
        with pytest.raises(SlotFull):
            book(queue, who=visitor(3))
        left = slots.slots(Queue.objects.get(id=queue), TOMORROW.date())[1].left
        assert (left, Appointment.objects.count()) == (0, 2)


@pytest.mark.parametrize(
    "start",
    [
        MORNING + timedelta(minutes=30),
        TOMORROW + timedelta(minutes=5),
        TOMORROW + timedelta(days=14),
        TOMORROW + timedelta(hours=4),
    ],
    ids=["today", "between slots", "too far", "lunch"],
)
def test_a_citizen_books_only_what_is_on_offer(street: HallRef, start: datetime) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        with pytest.raises(SlotUnknown):
            book(queue, start)
        assert not Appointment.objects.exists()


def test_staff_book_for_later_today_and_others_do_not(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        made = book(queue, MORNING + timedelta(hours=1), by=staff_in(street, Role.DESK_OFFICER))
        for role in (Role.GREETER, Role.ANALYST, Role.DEPT_HANDLER):
            with pytest.raises(Forbidden):
                book(queue, who=visitor(9), by=staff_in(street, role))
        assert (made.booked_by != "", Appointment.objects.count()) == (True, 1)


def test_one_person_books_once_a_day_however_the_phone_is_written(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        first = book(queue)
        with pytest.raises(OneADay):
            book(queue, TOMORROW + timedelta(hours=1), Visitor("林晓雨", "19900001234"))
        services.cancel(code=first.code, by=CITIZEN)
        again = book(queue, TOMORROW + timedelta(hours=1))
        assert again.state == "booked"
        with pytest.raises(Invalid):
            book(queue, who=Visitor("", "19900001234"))


def test_name_and_phone_are_sealed_and_in_no_record(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        made = book(queue)
        found = Appointment.objects.get(id=made.id)
        audited = str(list(AuditEntry.objects.values()))

    assert (found.name_mask, found.phone_mask) == ("林**", "199****1234")
    assert "林晓雨".encode() not in bytes(found.name_sealed or b"")
    assert "林晓雨" not in audited
    assert "19900001234" not in audited


def test_cancelling_is_possible_until_two_hours_before(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            one, two = book(queue), book(queue, who=visitor(2))
        with clock.frozen(TOMORROW - timedelta(hours=2)):
            assert services.cancel(code=one.code, by=CITIZEN).state == "cancelled"
        with clock.frozen(TOMORROW - timedelta(hours=2, seconds=-1)):
            with pytest.raises(CancelTooLate) as refused:
                services.cancel(code=two.code, by=CITIZEN)
            with pytest.raises(AppointmentOver):
                services.cancel(code=one.code, by=CITIZEN)
        assert refused.value.params == {"hours": 2}
        assert Appointment.objects.get(id=two.id).state == "booked"


def test_who_checks_in_is_served_first_from_the_slots_start(street: HallRef) -> None:
    """Served first inside the slot; waited from max(slot start, check-in) (M-03)."""
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            code = book(queue).code
        with clock.frozen(TOMORROW - timedelta(minutes=40)):
            window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
            tickets_in(street, queue, 4)
            with pytest.raises(CheckInEarly):
                services.check_in(code=code, by=SYSTEM)
        with clock.frozen(TOMORROW - timedelta(minutes=20)):
            mine = services.check_in(code=f" {code.upper()} ", by=SYSTEM)
            assert mine.outlook.ahead == 4
            first = services.call_next(window_id=window, by=SYSTEM)
            services.miss(window_id=window, by=SYSTEM)
        with clock.frozen(TOMORROW + timedelta(minutes=3)):
            second = services.call_next(window_id=window, by=SYSTEM)

    assert first is not None
    assert first.ticket is not None
    assert first.ticket.number == "Z001"
    assert second is not None
    assert second.ticket is not None
    assert (second.ticket.id, second.ticket.wait_seconds) == (mine.ticket.id, 180)


def test_who_comes_early_is_called_early_only_when_nobody_else_waits(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            code = book(queue).code
        with clock.frozen(TOMORROW - timedelta(minutes=20)):
            window = window_in(street, [queue], clerk=staff_in(street, Role.WINDOW_CLERK))
            services.check_in(code=code, by=SYSTEM)
            called = services.call_next(window_id=window, by=SYSTEM)

    assert called is not None
    assert called.ticket is not None
    assert (called.ticket.channel, called.ticket.wait_seconds) == ("appointment", 0)


def test_a_slot_that_passed_is_not_checked_in_and_a_check_in_counts_once(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            late, once = book(queue), book(queue, who=visitor(2))
        with clock.frozen(TOMORROW):
            services.check_in(code=once.code, by=SYSTEM)
            with pytest.raises(AppointmentOver):
                services.check_in(code=once.code, by=SYSTEM)
            with pytest.raises(NotFound):
                services.check_in(code="2222222222", by=SYSTEM)
        with clock.frozen(TOMORROW + timedelta(minutes=30)), pytest.raises(CheckInLate):
            services.check_in(code=late.code, by=SYSTEM)
        assert Ticket.objects.count() == 1


def test_a_lost_code_is_replaced_by_the_phone(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            book(queue)
        with clock.frozen(TOMORROW):
            taken = services.check_in_phone(phone="19900001234", by=SYSTEM)
            with pytest.raises(NotFound):
                services.check_in_phone(phone="19900001234", by=SYSTEM)
    assert taken.ticket.number == "Z001"


def test_who_stays_away_three_times_books_at_the_hall(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        for day in range(3):
            with clock.frozen(MORNING + timedelta(days=day)):
                book(queue, TOMORROW + timedelta(days=day))
        with clock.frozen(MORNING + timedelta(days=4)):
            assert services.note_no_shows() == 3
            assert services.note_no_shows() == 0
            with pytest.raises(TooManyNoShows) as refused:
                book(queue, TOMORROW + timedelta(days=6))
            at_hall = book(
                queue, TOMORROW + timedelta(days=6), by=staff_in(street, Role.DESK_OFFICER)
            )
    assert refused.value.params == {"until": "2026-12-24"}  # the first of three, and 30 days
    assert at_hall.state == "booked"


def test_the_days_list_has_masks_and_another_hall_has_none_of_it(
    street: HallRef, other_street: HallRef
) -> None:
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        made = book(queue)
        assert [row.phone_mask for row in appointments.of_day(TOMORROW.date())] == ["199****1234"]
    with hall(other_street), clock.frozen(MORNING):
        assert appointments.of_day(TOMORROW.date()) == []
        with pytest.raises(NotFound):
            appointments.of_code(made.code)
        with pytest.raises(NotFound):
            services.cancel_for(appointment_id=made.id, by=SYSTEM)


def test_the_calendar_file_says_when_and_where(street: HallRef) -> None:
    """RFC 5545: lines of at most 75 octets, CRLF, UTC times; a cancelled one is cancelled."""
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        made = book(queue)
        text = ical.of(appointments.of_code(made.code))
        services.cancel(code=made.code, by=CITIZEN)
        after = ical.of(appointments.of_code(made.code))

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    unfolded = text.replace("\r\n ", "").split("\r\n")
    lines = dict(line.split(":", 1) for line in unfolded if ":" in line)
    assert (lines["DTSTART"], lines["DTEND"]) == ("20261124T010000Z", "20261124T013000Z")
    assert (lines["SUMMARY"], lines["STATUS"]) == (f"{street.name} 办不成事", "CONFIRMED")
    assert "STATUS:CANCELLED\r\n" in after
    assert "SEQUENCE:1\r\n" in after


def test_who_somebody_was_is_let_go_after_thirty_days(street: HallRef) -> None:
    queue = booked_queue(street)
    with hall(street):
        with clock.frozen(MORNING):
            made = book(queue)
            services.take(queue_id=queue, phone="19900001234", by=SYSTEM)
        with clock.frozen(MORNING + timedelta(days=30)):
            assert services.forget_persons() == 0
        with clock.frozen(MORNING + timedelta(days=32)):
            assert services.forget_persons() == 2
        row, ticket = Appointment.objects.get(id=made.id), Ticket.objects.get()

    assert (row.person_key, row.name_sealed, row.phone_sealed, row.phone_mask) == (
        *(None, None, None),
        "",
    )
    assert (ticket.person_key, ticket.code, ticket.number) == (None, None, "Z001")


def test_a_booking_and_its_end_reach_whoever_has_the_list_open(street: HallRef) -> None:
    """The page of appointments hears `queue`: an open list follows a citizen's hand."""
    queue = booked_queue(street)
    with hall(street), clock.frozen(MORNING):
        before = live.heads(["queue"])["queue"]
        made = book(queue)
        booked = live.heads(["queue"])["queue"]
        services.cancel(code=made.code, by=CITIZEN)
        assert (booked, live.heads(["queue"])["queue"]) == (before + 1, before + 2)
