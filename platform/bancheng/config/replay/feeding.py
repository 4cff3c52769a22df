"""Doing the day's acts through the real services, each at its own frozen instant.

What is stored already is left as it is, so a replay that was cut short goes on where it was and
a second one changes nothing.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from apps.windows import queries, services
from apps.windows.rules import STAFFED, TicketState
from bancheng.config.replay.halls import Place
from bancheng.config.replay.planning import Act, Event, Plan, QueueKey
from bancheng.config.replay.reading import Reason, Reject, Row
from bancheng.kernel import clock, poke
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall

RowKey = tuple[str, str, str]


@dataclass(slots=True)
class Stored:
    """How far a number of the file is."""

    ticket_id: UUID
    state: TicketState
    taken_at: datetime
    called_at: datetime | None = None
    finished_at: datetime | None = None
    window_id: UUID | None = None

    def agrees(self, row: Row) -> bool:
        """True if what is stored can be the beginning of what the row tells."""
        if self.taken_at != row.taken_at or self.called_at not in (None, row.called_at):
            return False
        if self.state == TicketState.MISSED:
            return row.finished_at is None
        if self.state == TicketState.SERVING:
            return row.finished_at is not None
        if self.state == TicketState.FINISHED:
            return self.finished_at is not None and self.finished_at == row.finished_at
        return True

    @property
    def over(self) -> bool:
        return self.state in (TicketState.MISSED, TicketState.FINISHED)


def stored(places: Mapping[str, Place], day: date) -> dict[RowKey, Stored]:
    """The day's numbers in the file's halls, by the file's names."""
    found: dict[RowKey, Stored] = {}
    for name, place in places.items():
        queues = {queue_id: text for text, queue_id in place.queues.items()}
        with hall(place.ref):
            for ticket in queries.tickets_of_day(day):
                if ticket.queue_id in queues:
                    found[name, queues[ticket.queue_id], ticket.number] = Stored(
                        ticket.id,
                        TicketState(ticket.state),
                        ticket.taken_at,
                        ticket.called_at,
                        ticket.finished_at,
                        ticket.window_id,
                    )
    return found


def agreeing(rows: Iterable[Row], known: Mapping[RowKey, Stored]) -> tuple[list[Row], list[Reject]]:
    """The rows that fit what is stored, and a reject for every other."""
    fit: list[Row] = []
    rejects: list[Reject] = []
    for row in rows:
        if row.key not in known or known[row.key].agrees(row):
            fit.append(row)
        else:
            rejects.append(Reject(row.line, Reason.DIFFERS, row.cells))
    return fit, rejects


@dataclass(slots=True)
class Feeder:
    """The acts of one day. `acts` counts what was done, `behind` the worst delay of a paced day."""

    places: Mapping[str, Place]
    known: dict[RowKey, Stored]
    speed: float | None = None
    acts: int = 0
    behind: float = 0.0
    _states: dict[UUID, str] = field(default_factory=dict)
    _begun: set[QueueKey] = field(default_factory=set)
    _pending: set[tuple[QueueKey, int]] = field(default_factory=set)

    def feed(self, plan: Plan, progress: Callable[[], None] = lambda: None) -> None:
        """Do what is left of the plan; at `speed` so many recorded seconds pass in a real one.

        Without a speed nobody looks on, so no live hints are sent.
        """
        self._look(plan)
        left = self._left(plan)
        with nullcontext() if self.speed else poke.quiet():
            for event in self._paced(plan.events, left):
                if event.queue in left:
                    with clock.frozen(event.at), hall(self.places[event.queue[0]].ref):
                        self._do(event)
                progress()

    def _look(self, plan: Plan) -> None:
        """Which windows are open, which queues have called before, who is still to be served."""
        self._begun = {key[:2] for key, known in self.known.items() if known.called_at}
        self._pending = {
            (event.queue, event.place)
            for event in plan.events
            if event.row and not self._over(event.row)
        }
        for place in self.places.values():
            with hall(place.ref):
                self._states |= {now.window.id: now.window.state for now in queries.windows()}

    def _left(self, plan: Plan) -> set[QueueKey]:
        """Queues with a number that is not over, or a window that is still open."""
        still_open = {key for key, count in plan.windows.items() if self._any_open(key, count)}
        return still_open | {queue for queue, _ in self._pending}

    def _over(self, row: Row) -> bool:
        return row.key in self.known and self.known[row.key].over

    def _any_open(self, queue: QueueKey, count: int) -> bool:
        windows = self.places[queue[0]].windows
        return any(self._is_open(windows[queue[1], place]) for place in range(1, count + 1))

    def _is_open(self, window_id: UUID) -> bool:
        return self._states.get(window_id) in STAFFED

    def _paced(self, events: Iterable[Event], left: set[QueueKey]) -> Iterator[Event]:
        """The events, each not before its time; what is done already takes none."""
        begun: float | None = None
        first = datetime.min
        for event in events:
            if self.speed and event.queue in left:
                if begun is None:
                    begun, first = time.monotonic(), event.at
                ahead = (event.at - first) / timedelta(seconds=self.speed)
                wait = begun + ahead - time.monotonic()
                self.behind = max(self.behind, -wait)
                time.sleep(max(wait, 0))
            yield event

    def _do(self, event: Event) -> None:
        window_id = self.places[event.queue[0]].windows[event.queue[1], event.place]
        match event.act, event.row:
            case Act.TAKE, Row() as row:
                self._take(row)
            case Act.CALL, Row() as row:
                self._call(row, window_id)
            case Act.FINISH, Row() as row:
                self._end(row)
            case Act.OPEN, _:
                self._open(event, window_id)
            case _:
                self._close(window_id)

    def _take(self, row: Row) -> None:
        if row.key in self.known:
            return
        queue_id = self.places[row.hall].queues[row.queue]
        ticket = services.take(queue_id=queue_id, number=row.number, by=SYSTEM).ticket
        self.known[row.key] = Stored(ticket.id, TicketState.WAITING, ticket.taken_at)
        self.acts += 1

    def _call(self, row: Row, window_id: UUID) -> None:
        """The call, and the start with it: the record knows no walk to the window."""
        known = self.known[row.key]
        if known.state == TicketState.WAITING:
            services.call_ticket(window_id=window_id, ticket_id=known.ticket_id, by=SYSTEM)
            known.state, known.window_id = TicketState.CALLED, window_id
            self.acts += 1
        if known.state == TicketState.CALLED and known.window_id and row.finished_at:
            services.start(window_id=known.window_id, by=SYSTEM)
            known.state = TicketState.SERVING
            self.acts += 1
        if row.ended_at == row.called_at:
            self._end(row)

    def _end(self, row: Row) -> None:
        known = self.known[row.key]
        if known.over or known.window_id is None:
            return
        if row.finished_at is None:
            services.miss(window_id=known.window_id, by=SYSTEM)
            known.state = TicketState.MISSED
        else:
            services.finish(window_id=known.window_id, by=SYSTEM)
            known.state = TicketState.FINISHED
        self.acts += 1

    def _open(self, event: Event, window_id: UUID) -> None:
        """A window that was staffed before and has nobody left is not staffed a second time."""
        needed = event.queue not in self._begun or (event.queue, event.place) in self._pending
        if needed and not self._is_open(window_id):
            services.open_window(window_id=window_id, by=SYSTEM)
            self._states[window_id] = "open"
            self.acts += 1

    def _close(self, window_id: UUID) -> None:
        if self._is_open(window_id):
            services.close(window_id=window_id, by=SYSTEM)
            self._states[window_id] = "closed"
            self.acts += 1
