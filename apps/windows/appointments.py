"""Reading appointments and free slots."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from apps.windows import parameters, persons, slots
from apps.windows.models import Appointment, Queue
from apps.windows.rules import AppointmentState
from apps.windows.slots import Slot
from bancheng.kernel import clock
from bancheng.kernel.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a citizen keeps of an appointment: masks, no name and no phone. `reminder` is true in
    the last day before."""

    code: str
    queue: Queue
    start: datetime
    end: datetime
    state: str
    cancel_until: datetime
    check_in_from: datetime
    name_mask: str
    phone_mask: str
    ticket_code: str | None
    reminder: bool


_REMIND = timedelta(hours=24)


def receipt(found: Appointment) -> Receipt:
    """The receipt as it reads now."""
    hours = timedelta(hours=parameters.number("appointments.cancel_hours"))
    early = timedelta(minutes=parameters.number("appointments.early_minutes"))
    soon = clock.now() < found.slot_start <= clock.now() + _REMIND
    return Receipt(
        code=found.code,
        queue=found.queue,
        start=found.slot_start,
        end=found.slot_end,
        state=found.state,
        cancel_until=found.slot_start - hours,
        check_in_from=found.slot_start - early,
        name_mask=found.name_mask,
        phone_mask=found.phone_mask,
        ticket_code=found.ticket.code if found.ticket else None,
        reminder=found.state == AppointmentState.BOOKED and soon,
    )


def of_day(day: date) -> list[Appointment]:
    """A day's appointments by slot."""
    found = Appointment.objects.select_related("queue", "ticket").filter(day=day)
    return list(found.order_by("slot_start", "queue__position", "id"))


def of_code(code: str) -> Appointment:
    """The appointment of a receipt's code; raises NotFound."""
    wanted = persons.normal_code(code)
    found = Appointment.objects.select_related("queue", "ticket").filter(code=wanted).first()
    if found is None:
        raise NotFound
    return found


def bookable() -> list[Queue]:
    """The queues that take appointments."""
    found = Queue.objects.filter(active=True, slot_capacity__gt=0)
    return list(found.order_by("position", "prefix"))


def slots_of(queue_id: UUID, day: date) -> list[Slot]:
    """The slots of a queue's day; raises Invalid for an unknown queue."""
    queue = Queue.objects.filter(id=queue_id).first()
    if queue is None:
        raise Invalid(errors={"queue": ["unknown"]})
    return slots.slots(queue, day)
