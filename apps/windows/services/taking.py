"""Taking a number."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from apps.windows import outlooks, permissions
from apps.windows.errors import AlreadyThere
from apps.windows.models import Queue, Ticket
from apps.windows.rules import PriorityReason
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """A new ticket, what its holder may expect, and the event numbers of its topics."""

    ticket: Ticket
    outlook: outlooks.Outlook
    seqs: dict[str, int]


@transaction.atomic
def take(
    *,
    queue_id: UUID,
    by: Actor,
    priority_reason: PriorityReason | None = None,
    number: str | None = None,
) -> Taken:
    """Give out the queue's next number of today: prefix and at least three digits, from 001.

    `number` is what another ticket machine printed (1 to 8 characters), kept as it is; the place
    in the order of taking is counted all the same. Raises Invalid for an unknown queue or such a
    number that cannot be kept, AlreadyThere for one the queue has today.
    """
    permissions.require(by, "tickets.take")
    queue = Queue.objects.select_for_update().filter(id=queue_id).first()
    if queue is None:
        raise Invalid(errors={"queue": ["unknown"]})
    if number is not None:
        _require_new(queue, number)
    priority = priority_reason is not None
    outlook = outlooks.outlook(queue, mine_is_priority=priority)
    today, now = clock.today(), clock.now()
    ordinal = _next_number(queue)
    ticket = Ticket(
        queue=queue,
        series=queue,
        day=today,
        waits_on=today,
        ordinal=ordinal,
        place=ordinal,
        number=number or f"{queue.prefix}{queue.last_number:03d}",
        priority=priority,
        priority_reason=priority_reason or "",
        taken_at=now,
        since=now,
        waits_from=now,
    )
    ticket.save(force_insert=True)
    shown = {"number": ticket.number, "queue": queue.prefix, "priority": priority}
    rollups.mark_dirty(ticket.day)
    audit.record("windows.taken", subject="ticket", subject_id=ticket.id, by=by, detail=shown)
    change = Change("ticket.taken", ticket.id, ticket.version, shown)
    return Taken(ticket, outlook, live.publish(("queue", "board"), change))


def _require_new(queue: Queue, number: str) -> None:
    if not (number.isprintable() and number.strip() and len(number) <= LONGEST_NUMBER):
        raise Invalid(errors={"number": ["invalid"]})
    if Ticket.objects.filter(day=clock.today(), series=queue, number=number).exists():
        raise AlreadyThere(number=number)


def _next_number(queue: Queue) -> int:
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
