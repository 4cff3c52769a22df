"""Appointments (domain.md §3.7): booked a day ahead, one per person and day, served first inside
their slot; who stays away too often books at the hall."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.windows import outlooks, parameters, permissions, persons, slots
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
from apps.windows.models import Appointment, Queue
from apps.windows.rules import HOLDS_A_SLOT, AppointmentState, Channel
from apps.windows.services import numbers, taking
from apps.windows.services.taking import Taken
from bancheng.kernel import clock, ids, keyring
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

_MANAGE = "appointments.manage"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who books; the name and the phone are sealed, a mask and a key stay readable."""

    name: str
    phone: str


@transaction.atomic
def book(*, queue_id: UUID, start: datetime, visitor: Visitor, by: Actor) -> Appointment:
    """Take a place in a slot. Citizens book from tomorrow on, staff also today.

    Raises Invalid, SlotUnknown, SlotFull, OneADay, TooManyNoShows (citizens only).
    """
    if by.kind != "citizen":
        permissions.require(by, _MANAGE)
    key = persons.key_of(visitor.phone)
    if key is None or not visitor.name.strip():
        raise Invalid(errors={"phone" if key is None else "name": ["required"]})
    queue = numbers.locked_queue(queue_id)
    slot = _free_slot(queue, start, by)
    day = clock.day_of(start)
    if Appointment.objects.filter(person_key=key, day=day, state__in=HOLDS_A_SLOT).exists():
        raise OneADay
    if by.kind == "citizen":
        _require_reliable(key)
    made = _sealed(queue, slot, visitor, key, by)
    with taken("appointment_one_a_day", OneADay()):
        made.save(force_insert=True)
    _tell("booked", made, by)
    return made


def _free_slot(queue: Queue, start: datetime, by: Actor) -> slots.Slot:
    day = clock.day_of(start)
    today = by.kind != "citizen" and day == clock.today() and start > clock.now()
    if not today and day not in slots.days_on_offer():
        raise SlotUnknown
    found = next((slot for slot in slots.slots(queue, day) if slot.start == start), None)
    if found is None:
        raise SlotUnknown
    if found.left <= 0:
        raise SlotFull
    return found


def _require_reliable(key: bytes) -> None:
    """Repeated no-shows within a month: no booking from afar until the oldest is forgotten."""
    within = timedelta(days=parameters.number("appointments.no_show_days"))
    missed = Appointment.objects.filter(
        person_key=key, state=AppointmentState.NO_SHOW, day__gt=clock.today() - within
    ).order_by("-day")
    most = parameters.number("appointments.no_shows")
    days = list(missed.values_list("day", flat=True)[:most])
    if len(days) >= most:
        raise TooManyNoShows(until=(days[-1] + within).isoformat())


def _sealed(queue: Queue, slot: slots.Slot, visitor: Visitor, key: bytes, by: Actor) -> Appointment:
    made = Appointment(
        id=ids.new_id(),
        queue=queue,
        day=clock.day_of(slot.start),
        slot_start=slot.start,
        slot_end=slot.end,
        code=persons.new_code(),
        name_mask=persons.masked_name(visitor.name.strip()),
        phone_mask=persons.masked_phone(visitor.phone),
        person_key=key,
        booked_at=clock.now(),
        booked_by=by.name if by.kind == "person" else "",
    )
    made.name_sealed = _seal(made, "name", visitor.name.strip())
    made.phone_sealed = _seal(made, "phone", persons.digits_of(visitor.phone))
    return made


def _seal(row: Appointment, column: str, value: str) -> bytes:
    return keyring.keys().seal(value, table="windows_appointment", column=column, row=row.id)


@transaction.atomic
def cancel(*, code: str, by: Actor) -> Appointment:
    """The citizen cancels with the receipt's code, at least two hours before.

    Raises NotFound, AppointmentOver, CancelTooLate.
    """
    found = by_code(code)
    _require_booked(found)
    hours = parameters.number("appointments.cancel_hours")
    if found.slot_start - clock.now() < timedelta(hours=hours):
        raise CancelTooLate(hours=hours)
    return _end(found, AppointmentState.CANCELLED, by)


@transaction.atomic
def cancel_for(*, appointment_id: UUID, by: Actor, version: int | None = None) -> Appointment:
    """Staff cancel for somebody, at any time before it is used."""
    permissions.require(by, _MANAGE)
    return _end(_locked(appointment_id, version), AppointmentState.CANCELLED, by)


@transaction.atomic
def note_no_show(*, appointment_id: UUID, by: Actor, version: int | None = None) -> Appointment:
    """Nobody came. Only once the slot is over; raises AppointmentOver, SlotUnknown."""
    permissions.require(by, _MANAGE)
    found = _locked(appointment_id, version)
    if clock.now() < found.slot_end:
        raise CheckInEarly(**{"from": found.slot_end.astimezone(clock.ZONE).isoformat()})
    return _end(found, AppointmentState.NO_SHOW, by)


@transaction.atomic
def note_no_shows(*, by: Actor = SYSTEM) -> int:
    """Appointments whose day is over without a check-in; the number. May run at any time."""
    old = Appointment.objects.select_for_update().filter(
        state=AppointmentState.BOOKED, day__lt=clock.today()
    )
    return sum(bool(_end(found, AppointmentState.NO_SHOW, by)) for found in old.order_by("id"))


@transaction.atomic
def check_in(*, code: str, by: Actor) -> Taken:
    """The person is here: a number inside the slot, at the kiosk or with staff.

    Raises NotFound, AppointmentOver, CheckInEarly, CheckInLate.
    """
    permissions.require_kiosk(by)
    return _check_in(by_code(code), by)


@transaction.atomic
def check_in_phone(*, phone: str, by: Actor) -> Taken:
    """The same with the phone number, for somebody who lost the code."""
    permissions.require_kiosk(by)
    key = persons.key_of(phone)
    found = (
        Appointment.objects.select_for_update()
        .filter(person_key=key, day=clock.today(), state=AppointmentState.BOOKED)
        .first()
        if key
        else None
    )
    if found is None:
        raise NotFound
    return _check_in(found, by)


@transaction.atomic
def check_in_for(*, appointment_id: UUID, by: Actor, version: int | None = None) -> Taken:
    """Staff check somebody in from the day's list."""
    permissions.require(by, _MANAGE)
    return _check_in(_locked(appointment_id, version), by)


def _check_in(found: Appointment, by: Actor) -> Taken:
    _require_booked(found)
    early = timedelta(minutes=parameters.number("appointments.early_minutes"))
    if clock.now() < found.slot_start - early:
        begins = (found.slot_start - early).astimezone(clock.ZONE).isoformat()
        raise CheckInEarly(**{"from": begins})
    if clock.now() >= found.slot_end:
        raise CheckInLate
    queue = numbers.locked_queue(found.queue_id)
    outlook = outlooks.of_appointment(queue, (found.slot_start, found.slot_end))
    ticket = numbers.issue(
        queue,
        channel=Channel.APPOINTMENT,
        key=bytes(found.person_key) if found.person_key else None,
        slot=(found.slot_start, found.slot_end),
    )
    found.state, found.ticket = AppointmentState.CHECKED_IN, ticket
    found.version += 1
    found.save(update_fields=["state", "ticket", "version"])
    return taking.tell(ticket, outlook, by)


def by_code(code: str) -> Appointment:
    """The appointment of a receipt, held until the commit; raises NotFound."""
    wanted = persons.normal_code(code)
    found = Appointment.objects.select_for_update().filter(code=wanted).first()
    if found is None:
        raise NotFound
    return found


def _locked(appointment_id: UUID, version: int | None) -> Appointment:
    found = Appointment.objects.select_for_update().filter(id=appointment_id).first()
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        raise Stale(current=found.version)
    return found


def _require_booked(found: Appointment) -> None:
    if found.state != AppointmentState.BOOKED:
        raise AppointmentOver(state=found.state)


def _end(found: Appointment, state: AppointmentState, by: Actor) -> Appointment:
    _require_booked(found)
    found.state, found.ended_at = state, clock.now()
    found.version += 1
    found.save(update_fields=["state", "ended_at", "version"])
    _tell(state.value, found, by)
    return found


def _tell(action: str, found: Appointment, by: Actor) -> None:
    """No name, no phone: the slot and the queue."""
    detail = {"queue": str(found.queue_id), "start": found.slot_start.isoformat()}
    audit.record(
        f"appointments.{action}", subject="appointment", subject_id=found.id, by=by, detail=detail
    )
    change = Change(f"appointment.{action}", found.id, found.version, {"day": str(found.day)})
    live.publish(("queue", "board"), change)
