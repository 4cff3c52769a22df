"""The replayed day as CSV files, read from the stored tickets, compared with the city's facts."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from apps.windows import facts, queries
from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups.queries import Period
from bancheng.config.replay import figures
from bancheng.config.replay.figures import Figure, Span, Ticket
from bancheng.config.replay.halls import Place
from bancheng.config.replay.reading import COLUMNS, Reject
from bancheng.kernel import clock
from bancheng.kernel.hall import hall

_SAME = (
    "tickets",
    "called",
    "served",
    "missed",
    "wait_n",
    "wait_sum_s",
    "service_n",
    "service_sum_s",
)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HallDay:
    """What a hall stored of the day."""

    name: str
    tickets: list[Ticket]
    spans: list[Span]
    queue_spans: dict[str, list[Span]]


def collect(places: Mapping[str, Place], day: date) -> list[HallDay]:
    """The day's tickets and staffed times of every hall of the file."""
    return [_hall_day(name, place, day) for name, place in sorted(places.items())]


def write(folder: Path, halls: Sequence[HallDay], day: date) -> None:
    """queues.csv, halls.csv and hall_hours.csv; an hour is that in which the number was taken."""
    _table(folder / "queues.csv", (row for one in halls for row in _queues(one, day)))
    _table(folder / "halls.csv", (_whole(one, day) for one in halls))
    _table(folder / "hall_hours.csv", (row for one in halls for row in _hours(one, day)))


def write_rejects(folder: Path, rejects: Iterable[Reject]) -> None:
    """rejects.csv: line, reason, and the row as it was given."""
    with (folder / "rejects.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("line", "reason", *COLUMNS))
        out.writerows((one.line, one.reason.value, *one.cells) for one in rejects)


def differences(places: Mapping[str, Place], halls: Iterable[HallDay], day: date) -> list[str]:
    """Where the city's facts count or sum otherwise than the stored tickets; nowhere, if all is
    well."""
    found = []
    for one in halls:
        ref = places[one.name].ref
        with hall(ref):
            kept = rollups.by_hall(Period(day, day))[ref.id].facts
        raw = figures.of(one.tickets, None)
        raw["staffed_seconds"] = sum(int((e - b).total_seconds()) for _, b, e in one.spans)
        found += [
            f"{one.name} {name}: facts {getattr(kept, name)}, tickets {raw[name]}"
            for name in (*_SAME, "staffed_seconds")
            if getattr(kept, name) != raw[name]
        ]
    return found


def end_of(day: date) -> datetime:
    """The midnight after a day."""
    return _bounds(day)[1]


def _hall_day(name: str, place: Place, day: date) -> HallDay:
    names = {queue_id: text for text, queue_id in place.queues.items()}
    with hall(place.ref):
        known = {queue.id: names.get(queue.id, queue.name) for queue in queries.queues()}
        windows = {now.window.id: known[now.queues[0].id] for now in queries.windows()}
        spans = facts.staffed(day)
        tickets = [
            Ticket(
                known[t.queue_id],
                t.state,
                t.window_id,
                t.taken_at,
                t.called_at,
                t.started_at,
                t.finished_at,
            )
            for t in queries.tickets_of_day(day)
        ]
    by_queue: dict[str, list[Span]] = {}
    for span in spans:
        by_queue.setdefault(windows[span[0]], []).append(span)
    return HallDay(name, tickets, spans, by_queue)


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time.min, clock.ZONE)
    return start, start + timedelta(days=1)


def _queues(one: HallDay, day: date) -> Iterator[dict[str, Figure]]:
    for queue in sorted({ticket.queue for ticket in one.tickets}):
        tickets = [ticket for ticket in one.tickets if ticket.queue == queue]
        load = figures.load(tickets, one.queue_spans.get(queue, []), *_bounds(day))
        yield {"day": str(day), "hall": one.name, "queue": queue, **figures.of(tickets, load)}


def _whole(one: HallDay, day: date) -> dict[str, Figure]:
    load = figures.load(one.tickets, one.spans, *_bounds(day))
    return {"day": str(day), "hall": one.name, **figures.of(one.tickets, load)}


def _hours(one: HallDay, day: date) -> Iterator[dict[str, Figure]]:
    """Every hour in which a number was taken, with M-01 and, at its end, M-02 of the hour."""
    for number in sorted({t.taken_at.astimezone(clock.ZONE).hour for t in one.tickets}):
        begin = datetime.combine(day, time(number), clock.ZONE)
        taken = [t for t in one.tickets if begin <= t.taken_at < begin + _HOUR]
        load = figures.load(one.tickets, one.spans, begin, begin + _HOUR)
        waiting, windows, seconds = figures.live_wait_estimate(
            one.tickets, one.spans, begin + _HOUR
        )
        yield {
            "day": str(day),
            "hall": one.name,
            "hour": number,
            **figures.of(taken, load),
            "waiting_at_end": waiting,
            "open_windows_at_end": windows,
            "live_wait_estimate_s": seconds,
        }


def _table(path: Path, rows: Iterable[Mapping[str, Figure]]) -> None:
    ready = [{name: _text(value) for name, value in row.items()} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, fieldnames=list(ready[0]) if ready else ["day", "hall"])
        out.writeheader()
        out.writerows(ready)


def _text(value: Figure) -> str:
    """Shares and means to six places, without zeros at the end; nothing for what is unknown."""
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
