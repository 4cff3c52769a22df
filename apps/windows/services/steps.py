"""What every step at a window shares: the locked window, the person there, the record of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from apps.windows import permissions, persons
from apps.windows.errors import ImpossibleTime, NoTicket
from apps.windows.models import Queue, Ticket, Window
from apps.windows.rules import AT_WINDOW, TicketState, TicketStep, after
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change

# Written out, here and in `calling`: composing a query costs the service more than running it,
# and these stand behind every press of a button (performance.md W2).
_LOCKED_WINDOW = "SELECT * FROM windows_window WHERE id = %s FOR UPDATE"
_LOCKED_QUEUES = "SELECT * FROM windows_queue WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_LOCKED_TICKET = "SELECT * FROM windows_ticket WHERE id = %s FOR UPDATE"
_FIELDS = {field.name: field for field in Ticket._meta.concrete_fields}
_SHOWN = "WITH shown AS (UPDATE windows_window SET version = %s WHERE id = %s)"
_TURN = "UPDATE windows_queue SET ordinary_in_a_row = %s WHERE id = %s"
TOPICS = ("queue", "board")
ANNOUNCED = ("queue", "board", "display")


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step that was taken: the window, its ticket if it has one, and the newest event number
    of each topic the step was published on."""

    window: Window
    ticket: Ticket | None
    seqs: dict[str, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of a ticket away from the windows, and the event numbers of its topics."""

    ticket: Ticket
    seqs: dict[str, int]


def locked_window(window_id: UUID, version: int | None = None) -> Window:
    """The window, held until the commit; raises NotFound, and Stale when the caller named a
    version that is no longer the current one."""
    rows = Window.objects.raw(_LOCKED_WINDOW, [window_id])
    window = next(iter(rows), None)
    if window is None:
        raise NotFound
    if version is not None and version != window.version:
        raise Stale(current=window.version)
    return window


def locked_queues(queue_ids: Iterable[UUID]) -> list[Queue]:
    """These queues, held until the commit, always taken in the same order."""
    return list(Queue.objects.raw(_LOCKED_QUEUES, [list(queue_ids)]))


def held_ticket(ticket_id: UUID) -> Ticket | None:
    """The ticket's row, held until the commit."""
    return next(iter(Ticket.objects.raw(_LOCKED_TICKET, [ticket_id])), None)


def locked_ticket(ticket_id: UUID, version: int | None = None, also: Iterable[UUID] = ()) -> Ticket:
    """The ticket and its queue, both held, and further queues it may go to; raises NotFound and
    Stale, also for a ticket that went to another queue between the look and the lock."""
    known = Ticket.objects.filter(id=ticket_id).values_list("queue_id", flat=True).first()
    if known is None:
        raise NotFound
    queues = {queue.id: queue for queue in locked_queues({known, *also})}
    ticket = held_ticket(ticket_id)
    if ticket is None:
        raise NotFound
    if version is not None and version != ticket.version:
        raise Stale(current=ticket.version)
    if ticket.queue_id not in queues:
        raise Stale(current=ticket.version)
    ticket.queue = queues[ticket.queue_id]
    return ticket


def ticket_by_code(code: str) -> Ticket:
    """The ticket of a position code, held with its queue; raises NotFound."""
    found = Ticket.objects.filter(code=persons.normal_code(code)).values_list("id", flat=True)
    ticket_id = found.first()
    if ticket_id is None:
        raise NotFound
    return locked_ticket(ticket_id)


def own_window(window_id: UUID, version: int | None, by: Actor) -> Window:
    """A locked window at which the actor serves; raises NotFound, Stale and NotYourWindow."""
    permissions.require(by, "windows.serve")
    window = locked_window(window_id, version)
    permissions.require_clerk_of(by, window)
    return window


def touch(window: Window) -> None:
    """The window shows its ticket, so its version moves with it."""
    window.version += 1
    window.save(update_fields=["version"])


def ticket_at(window: Window) -> Ticket | None:
    """The ticket called to or served at a locked window."""
    held = Ticket.objects.select_related("queue").filter(window=window, state__in=AT_WINDOW)
    ticket = held.first()
    if ticket is not None:
        ticket.window = window
    return ticket


def required_ticket_at(window: Window) -> Ticket:
    """The same; raises NoTicket."""
    ticket = ticket_at(window)
    if ticket is None:
        raise NoTicket(window=window.number)
    return ticket


def step(ticket: Ticket, kind: TicketStep, not_before: datetime) -> datetime:
    """Move the ticket's state by one step; the instant of it, which must not lie before
    `not_before` (raises ImpossibleTime)."""
    ticket.state = after(TicketState(ticket.state), kind)
    ticket.version += 1
    at = clock.now()
    if at < not_before:
        raise ImpossibleTime(step=kind)
    return at


def save(window: Window, ticket: Ticket, changed: Iterable[str]) -> None:
    """Write the ticket's step; the window shows its ticket, so its version moves too: one
    statement for both."""
    fields = [_FIELDS[name] for name in ("state", "version", *changed)]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    values = [
        field.get_db_prep_save(getattr(ticket, field.attname), connection) for field in fields
    ]
    window.version += 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_SHOWN} UPDATE windows_ticket SET {columns} WHERE id = %s",  # noqa: S608
            [window.version, window.id, *values, ticket.id],
        )


def count_turn(queue: Queue, ordinary_in_a_row: int) -> None:
    """Write how many ordinary tickets of a held queue were called one after the other."""
    queue.ordinary_in_a_row = ordinary_in_a_row
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [ordinary_in_a_row, queue.id])


def tell_ticket(action: str, ticket: Ticket, by: Actor, window: Window | None = None) -> Moved:
    """Record a step of a ticket that is at no window, or at none any more (`window`)."""
    shown = {"number": ticket.number, "state": ticket.state, "queue": ticket.queue.prefix}
    if window is not None:
        shown["window"] = window.number
    rollups.mark_dirty(clock.today(), ticket.day)
    audit.record(f"windows.{action}", subject="ticket", subject_id=ticket.id, by=by, detail=shown)
    change = Change(f"ticket.{action}", ticket.id, ticket.version, shown)
    return Moved(ticket, live.publish(TOPICS, change))


def tell(
    action: str, window: Window, ticket: Ticket | None, by: Actor, topics: Iterable[str] = TOPICS
) -> Stepped:
    """Record the step in the audit chain and on the live topics: numbers only, no names."""
    shown = {"window": window.number, "state": window.state}
    if ticket is not None:
        shown |= {"number": ticket.number, "state": ticket.state}
    subject, row = ("ticket", ticket) if ticket is not None else ("window", window)
    rollups.mark_dirty(clock.today(), *([ticket.day] if ticket else []))
    audit.record(f"windows.{action}", subject=subject, subject_id=row.id, by=by, detail=shown)
    change = Change(f"{subject}.{action}", row.id, row.version, shown)
    return Stepped(window, ticket, live.publish(topics, change))
