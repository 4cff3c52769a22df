"""Reading appointments and free slots."""

from datetime import date
from uuid import UUID

from apps.windows import persons, slots
from apps.windows.models import Appointment, Queue
from apps.windows.slots import Slot
from bancheng.kernel.errors import Invalid, NotFound


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
