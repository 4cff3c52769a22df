"""Taking a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.windows import outlooks, parameters, permissions, persons, slots
from apps.windows.errors import (
    AlreadyThere,
    ClosedNow,
    ContingentUsed,
    OneEach,
    QueueInactive,
    TooManyTickets,
)
from apps.windows.models import Queue, Ticket
from apps.windows.opening import Timetable
from apps.windows.rules import Channel, PriorityReason, TicketState
from apps.windows.services import numbers, upkeep, warnings
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

LONGEST_NUMBER = 8
SELF_SERVICE = (Channel.KIOSK, Channel.QR)
_NUMBERED = (Channel.STAFF, Channel.KIOSK, Channel.QR)
_STILL_HERE = (
    TicketState.WAITING,
    TicketState.CALLED,
    TicketState.SERVING,
    TicketState.PARKED,
)


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
    phone: str = "",
    channel: Channel = Channel.STAFF,
) -> Taken:
    """Give out the queue's next number of today: prefix and at least three digits, from 001.

    `number` is what another ticket machine printed (1 to 8 characters), kept as it is; the place
    in the order of taking is counted all the same. `phone` is not kept, only its key: it finds who
    takes many numbers (F105). A machine and a phone give none outside the queue's hours.
    Raises Invalid for an unknown queue or such a number that cannot be kept, AlreadyThere for one
    the queue has today, QueueInactive, ClosedNow, ContingentUsed, TooManyTickets, OneEach.
    """
    permissions.require_taker(by, channel)
    queue = numbers.locked_queue(queue_id)
    key = persons.key_of(phone) if phone else None
    if number is not None:
        _require_new(queue, number)
    else:
        _require_on_offer(queue, channel, by)
    if key is not None:
        _require_few(queue, key, channel, by)
    outlook = outlooks.outlook(queue, mine_is_priority=priority_reason is not None)
    if queue.numbered_on != clock.today():
        upkeep.carry(queue)
    ticket = numbers.issue(queue, channel=channel, reason=priority_reason, printed=number, key=key)
    warnings.look_for_trips(ticket)
    return tell(ticket, outlook, by)


def tell(ticket: Ticket, outlook: outlooks.Outlook, by: Actor) -> Taken:
    """Record a number that was taken: no name, no phone."""
    shown = {
        "number": ticket.number,
        "queue": ticket.queue.prefix,
        "priority": ticket.priority,
    }
    rollups.mark_dirty(ticket.day)
    audit.record("windows.taken", subject="ticket", subject_id=ticket.id, by=by, detail=shown)
    change = Change("ticket.taken", ticket.id, ticket.version, shown)
    return Taken(ticket, outlook, live.publish(("queue", "board"), change))


def _require_new(queue: Queue, number: str) -> None:
    if not (number.isprintable() and number.strip() and len(number) <= LONGEST_NUMBER):
        raise Invalid(errors={"number": ["invalid"]})
    if Ticket.objects.filter(day=clock.today(), series=queue, number=number).exists():
        raise AlreadyThere(number=number)


def _require_on_offer(queue: Queue, channel: Channel, by: Actor) -> None:
    if not queue.active:
        raise QueueInactive(queue=queue.prefix)
    if channel in SELF_SERVICE:
        opening = Timetable([queue]).now(queue.id)
        if not opening.open:
            raise ClosedNow(opens_at=_text(opening.opens_at))
    full = queue.contingent is not None and left_today(queue) <= 0
    if full and not permissions.may(by, "windows.manage"):
        raise ContingentUsed(queue=queue.prefix, appointments=_texts(slots.next_free(queue)))


def left_today(queue: Queue) -> int:
    """How many numbers of today's contingent are left; those with an appointment do not count."""
    given = Ticket.objects.filter(day=clock.today(), series=queue, channel__in=_NUMBERED)
    return (queue.contingent or 0) - given.count()


def _require_few(queue: Queue, key: bytes, channel: Channel, by: Actor) -> None:
    """One waits once in a queue, and holds no more numbers a day than the hall allows."""
    today = Ticket.objects.filter(person_key=key, day=clock.today())
    if channel in SELF_SERVICE:
        waiting = today.filter(queue=queue, state__in=_STILL_HERE).first()
        if waiting is not None:
            raise OneEach(number=waiting.number)
    most = parameters.number("windows.tickets_per_person")
    taken = today.exclude(state=TicketState.LEFT).count()
    if taken >= most and not permissions.may(by, "windows.manage"):
        raise TooManyTickets(most=most)


def _text(at: datetime | None) -> str | None:
    return at.astimezone(clock.ZONE).isoformat() if at else None


def _texts(moments: Iterable[datetime]) -> list[str | None]:
    return [_text(at) for at in moments]
