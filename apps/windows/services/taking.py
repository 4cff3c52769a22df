"""Taking a number."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.windows import outlooks, permissions
from apps.windows.models import Queue, Ticket
from apps.windows.rules import PriorityReason
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change


@dataclass(frozen=True, slots=True)
class Taken:
    """A new ticket, what its holder may expect, and the event numbers of its topics."""

    ticket: Ticket
    outlook: outlooks.Outlook
    seqs: dict[str, int]


@transaction.atomic
def take(*, queue_id: UUID, by: Actor, priority_reason: PriorityReason | None = None) -> Taken:
    """Give out the queue's next number of today: prefix and at least three digits, from 001.

    Raises Invalid for an unknown queue.
    """
    permissions.require(by, "tickets.take")
    queue = Queue.objects.select_for_update().filter(id=queue_id).first()
    if queue is None:
        raise Invalid(errors={"queue": ["unknown"]})
    priority = priority_reason is not None
    outlook = outlooks.outlook(queue, mine_is_priority=priority)
    ticket = Ticket(
        queue=queue,
        day=clock.today(),
        ordinal=_next_number(queue),
        number=f"{queue.prefix}{queue.last_number:03d}",
        priority=priority,
        priority_reason=priority_reason or "",
        taken_at=clock.now(),
    )
    ticket.save(force_insert=True)
    shown = {"number": ticket.number, "queue": queue.prefix, "priority": priority}
    rollups.mark_dirty(ticket.day)
    audit.record("windows.taken", subject="ticket", subject_id=ticket.id, by=by, detail=shown)
    change = Change("ticket.taken", ticket.id, ticket.version, shown)
    return Taken(ticket, outlook, live.publish(("queue", "board"), change))


def _next_number(queue: Queue) -> int:
    """Count up under the queue's lock; every day begins at 1."""
    today = clock.today()
    queue.last_number = queue.last_number + 1 if queue.numbered_on == today else 1
    queue.numbered_on = today
    queue.save(update_fields=["numbered_on", "last_number"])
    return queue.last_number
