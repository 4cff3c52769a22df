"""Reading queues, windows and tickets; other apps ask here and never touch the models."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice, zip_longest
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from apps.windows import lining, parameters
from apps.windows.models import OpeningHours, Queue, Signal, Ticket, Window
from apps.windows.opening import Timetable
from apps.windows.rules import AT_WINDOW, STAFFED, SignalKind, TicketState
from bancheng.kernel import clock
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound
from bancheng.services.live.models import LiveEvent

_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WindowNow:
    """A window with its queues in calling order and whoever is called or served there."""

    window: Window
    queues: list[Queue]
    current_ticket: Ticket | None
    parked: list[Ticket]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait in one queue, and since when the first of them."""

    queue: Queue
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketSnapshot:
    """What another app may keep of a ticket; durations in seconds, None until known."""

    id: UUID
    number: str
    state: str
    taken_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    wait_seconds: int | None
    walk_seconds: int | None
    service_seconds: int | None
    window_id: UUID | None
    window_number: str | None


def queues() -> list[Queue]:
    """All queues in their order."""
    return records.found(Queue.objects.order_by("position", "prefix"))


def queues_set_up() -> list[Queue]:
    """All queues with today's hours (`hours`), also those that are not in use."""
    return _with_hours(queues())


def queue_set_up(queue_id: UUID) -> Queue:
    """One queue with today's hours; raises NotFound."""
    found = Queue.objects.filter(id=queue_id).first()
    if found is None:
        raise NotFound
    return _with_hours([found])[0]


def _with_hours(found: list[Queue]) -> list[Queue]:
    timetable = Timetable(found)
    for queue in found:
        spans = timetable.on(queue.id, clock.today())
        queue.hours = [[_clock(start), _clock(end)] for start, end in spans]
    return found


def _clock(at: datetime) -> str:
    return f"{at.astimezone(clock.ZONE):%H:%M}"


def hours_of(queue_id: UUID) -> list[OpeningHours]:
    """What was decided about a queue's hours, newest first; raises NotFound."""
    if not Queue.objects.filter(id=queue_id).exists():
        raise NotFound
    return list(OpeningHours.objects.filter(queue=queue_id).order_by("-effective_from"))


def tickets_of_day(
    day: date, *, state: TicketState | None = None, queue_id: UUID | None = None
) -> QuerySet[Ticket]:
    """A day's tickets with queue and window, for paging by ("taken_at", "id")."""
    found = Ticket.objects.select_related("queue", "window").filter(day=day)
    if state is not None:
        found = found.filter(state=state)
    return found.filter(queue_id=queue_id) if queue_id else found


def ticket(ticket_id: UUID) -> Ticket:
    """One ticket with queue and window; raises NotFound."""
    found = Ticket.objects.select_related("queue", "window").filter(id=ticket_id).first()
    if found is None:
        raise NotFound
    return found


def same_person(ticket: Ticket) -> int:
    """How many further numbers the holder took today; 0 for a person not known."""
    if ticket.person_key is None:
        return 0
    others = Ticket.objects.filter(person_key=ticket.person_key, day=ticket.day)
    return others.exclude(id=ticket.id).count()


def snapshot(ticket_id: UUID) -> TicketSnapshot:
    """A ticket as another app may keep it; raises NotFound."""
    found = ticket(ticket_id)
    return TicketSnapshot(
        id=found.id,
        number=found.number,
        state=found.state,
        taken_at=found.taken_at,
        called_at=found.called_at,
        started_at=found.started_at,
        finished_at=found.finished_at,
        wait_seconds=found.wait_seconds,
        walk_seconds=found.walk_seconds,
        service_seconds=found.service_seconds,
        window_id=found.window_id,
        window_number=found.window.number if found.window else None,
    )


def windows() -> list[WindowNow]:
    """All windows in their order, in three queries."""
    found = records.found(Window.objects.order_by("position", "number"))
    return with_details(found)


def window(window_id: UUID) -> WindowNow:
    """One window; raises NotFound."""
    found = Window.objects.filter(id=window_id).first()
    if found is None:
        raise NotFound
    return with_details([found])[0]


def with_details(found: Sequence[Window]) -> list[WindowNow]:
    """Windows with their queues and current tickets."""
    known = {queue.id: queue for queue in queues()}
    rows = {row.id: row for row in found}
    lately = clock.today() - _LATELY
    here = Q(state__in=AT_WINDOW) | Q(state=TicketState.PARKED, day__gte=lately)
    held: dict[UUID, list[Ticket]] = defaultdict(list)
    tickets = Ticket.objects.filter(here, window_id__in=list(rows)).order_by("called_at")
    for ticket in records.found(tickets):
        if ticket.window_id is not None:
            ticket.window, ticket.queue = rows[ticket.window_id], known[ticket.queue_id]
            held[ticket.window_id].append(ticket)
    return [
        WindowNow(
            row,
            [known[queue_id] for queue_id in row.queue_ids],
            next((one for one in held[row.id] if one.state in AT_WINDOW), None),
            [one for one in held[row.id] if one.state == TicketState.PARKED],
        )
        for row in found
    ]


def waiting() -> list[Waiting]:
    """Today's waiting people by queue, empty queues included."""
    counts = {
        row["queue_id"]: row
        for row in _waiting_today()
        .values("queue_id")
        .annotate(count=Count("id"), oldest_at=Min("taken_at"))
        .order_by("queue_id")
    }
    return [
        Waiting(queue, counts[queue.id]["count"], counts[queue.id]["oldest_at"])
        if queue.id in counts
        else Waiting(queue, 0, None)
        for queue in queues()
    ]


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call or repeated call, as told on topic `display` under number `seq`."""

    number: str
    window: str
    at: datetime
    seq: int


def announcements(most: int = 10) -> list[Announcement]:
    """Today's calls, newest first, in the order in which they were announced; without calls that
    were taken back."""
    told = LiveEvent.objects.filter(topic="display", kind__in=_TOLD).order_by("-seq")
    found: list[Announcement] = []
    withdrawn: set[str] = set()
    for event in told[: most * 2]:
        if clock.day_of(event.at) != clock.today() or len(found) == most:
            break
        if event.kind == "ticket.withdrawn":
            withdrawn.add(event.ref)
        elif event.ref not in withdrawn:
            found.append(
                Announcement(event.data["number"], event.data["window"], event.at, event.seq)
            )
        elif event.kind == "ticket.called":
            withdrawn.discard(event.ref)
    return found


_TOLD = ("ticket.called", "ticket.recalled", "ticket.withdrawn")


def at_windows() -> list[tuple[str, str]]:
    """Numbers called to or served at windows now, latest call first, with the window's number."""
    held = Ticket.objects.filter(state__in=AT_WINDOW).order_by("-called_at", "id")
    return list(held.values_list("number", "window__number"))


def next_numbers(most: int = 12) -> list[str]:
    """The numbers to be called next: each queue in its calling order, the queues in turn."""
    lines: dict[UUID, list[Ticket]] = defaultdict(list)
    for ticket in _waiting_today():
        lines[ticket.queue_id].append(ticket)
    ordered = [_in_order(lines[queue.id], queue) for queue in queues() if queue.id in lines]
    turns = chain.from_iterable(zip_longest(*ordered))
    return list(islice((number for number in turns if number), most))


def _in_order(line: list[Ticket], queue: Queue) -> Iterable[str]:
    every = parameters.number("windows.priority_every")
    order = lining.in_order(line, queue.ordinary_in_a_row, clock.now(), every)
    return [ticket.number for ticket in order]


def _waiting_today() -> QuerySet[Ticket]:
    free = {"for_window": None, "for_post": None}
    return Ticket.objects.filter(waits_on=clock.today(), state=TicketState.WAITING, **free)


def item_of_warning(warning_id: UUID) -> str:
    """The service item an early warning is about, "" when it is about a person; raises NotFound."""
    found = Signal.objects.filter(id=warning_id, kind=SignalKind.WARNING)
    item = found.values_list("item_code", flat=True).first()
    if item is None:
        raise NotFound
    return str(item)


def seat_of(post_id: UUID) -> tuple[UUID | None, str]:
    """Id and number of the window a person serves at now; (None, "") away from any."""
    seats = Window.objects.filter(clerk_id=post_id, state__in=STAFFED).order_by("position", "id")
    return seats.values_list("id", "number").first() or (None, "")
