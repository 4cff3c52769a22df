"""A queue's numbers: counted under its row's lock, from 001 every day."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from apps.windows import persons
from apps.windows.models import Queue, Ticket
from apps.windows.rules import Channel, PriorityReason
from bancheng.kernel import clock
from bancheng.kernel.errors import Invalid

Slot = tuple[datetime, datetime]


def locked_queue(queue_id: UUID) -> Queue:
    """The queue, held until the commit; raises Invalid for an unknown one."""
    queue = Queue.objects.select_for_update().filter(id=queue_id).first()
    if queue is None:
        raise Invalid(errors={"queue": ["unknown"]})
    return queue


def issue(
    queue: Queue,
    *,
    channel: Channel,
    reason: PriorityReason | None = None,
    printed: str | None = None,
    key: bytes | None = None,
    slot: Slot | None = None,
) -> Ticket:
    """Store the next number of a locked queue.

    With an appointment the wait counts from the start of the slot, or from the check-in if that
    is later (M-03).
    """
    today, now = clock.today(), clock.now()
    ordinal = next_ordinal(queue)
    begins = max(now, slot[0]) if slot else now
    ticket = Ticket(
        queue=queue,
        series=queue,
        day=today,
        waits_on=today,
        ordinal=ordinal,
        place=ordinal,
        number=printed or f"{queue.prefix}{ordinal:03d}",
        channel=channel,
        priority=reason is not None,
        priority_reason=reason or "",
        slot_start=slot[0] if slot else None,
        slot_end=slot[1] if slot else None,
        taken_at=now,
        since=now,
        waits_from=begins,
        code=persons.new_code(),
        person_key=key,
    )
    ticket.save(force_insert=True)
    return ticket


def next_ordinal(queue: Queue) -> int:
    """Count up under the queue's lock; every day begins at 1, and goes on where it was when the
    clock comes back to it."""
    today = clock.today()
    if queue.numbered_on != today:
        numbered = Ticket.objects.filter(day=today, series=queue)
        queue.last_number = numbered.aggregate(last=Max("ordinal"))["last"] or 0
    queue.last_number += 1
    queue.numbered_on = today
    queue.save(update_fields=["numbered_on", "last_number"])
    return queue.last_number
