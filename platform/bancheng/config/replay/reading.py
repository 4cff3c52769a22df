"""The recorded day: rows that can have happened, and rejects with a coded reason. No database."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from apps.windows.services.taking import LONGEST_NUMBER
from bancheng.kernel import clock

COLUMNS = ("hall", "queue", "number", "taken_at", "called_at", "finished_at")
_LONGEST_NAME = 100


class Reason(StrEnum):
    """Why a row is not replayed."""

    HALL = "hall_invalid"
    QUEUE = "queue_invalid"
    NUMBER = "number_invalid"
    TAKEN = "taken_at_unreadable"
    CALLED = "called_at_unreadable"
    FINISHED = "finished_at_unreadable"
    CALLED_EARLY = "called_before_taken"
    FINISHED_EARLY = "finished_before_called"
    OTHER_DAY = "other_day"
    DUPLICATE = "duplicate_number"
    DIFFERS = "differs_from_stored"


class Unusable(Exception):
    """The file as a whole cannot be replayed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A number that was called; without `finished_at` nobody came (过号)."""

    line: int
    hall: str
    queue: str
    number: str
    taken_at: datetime
    called_at: datetime
    finished_at: datetime | None
    cells: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.hall, self.queue, self.number

    @property
    def ended_at(self) -> datetime:
        """When the window was free again: at once when nobody came."""
        return self.finished_at or self.called_at


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is left out, as it was given."""

    line: int
    reason: Reason
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One day: its rows in the order of the file, and what was left out."""

    day: date
    rows: list[Row]
    rejects: list[Reject]


def read(lines: Iterable[str], day: date | None = None) -> Recorded:
    """The rows of one day: `day`, or the day on which most rows were taken, the earlier if equal.

    Times without an offset are the halls' local time. A number that comes twice in a queue is
    taken as it comes first. Raises Unusable.
    """
    table = csv.DictReader(lines)
    try:
        missing = set(COLUMNS) - set(table.fieldnames or ())
        if missing:
            raise Unusable(f"lacks the columns {', '.join(sorted(missing))}")
        given = [_row(table.line_num, _cells(row)) for row in table]
    except csv.Error as error:
        raise Unusable(str(error)) from error
    days = Counter(clock.day_of(row.taken_at) for row in given if isinstance(row, Row))
    if day is None and not days:
        raise Unusable("not one row can be replayed")
    chosen = day or min(days, key=lambda one: (-days[one], one))
    judged = list(_judged(given, chosen))
    rows = [row for row in judged if isinstance(row, Row)]
    return Recorded(chosen, rows, [row for row in judged if isinstance(row, Reject)])


def _cells(row: dict[str, str | None]) -> tuple[str, ...]:
    return tuple((row[name] or "").strip() for name in COLUMNS)


def _row(line: int, cells: tuple[str, ...]) -> Row | Reject:
    """The row if it can have happened on any day."""
    hall, queue, number, *_ = cells
    taken, called, finished = (_instant(cell) for cell in cells[3:])
    reason = _unfit_name(hall, queue, number)
    if reason is None and taken is None:
        reason = Reason.TAKEN
    if reason is None and called is None:
        reason = Reason.CALLED
    if reason is None and finished is None and cells[5]:
        reason = Reason.FINISHED
    if reason or taken is None or called is None:
        return Reject(line, reason or Reason.TAKEN, cells)
    reason = _impossible(taken, called, finished)
    if reason is not None:
        return Reject(line, reason, cells)
    return Row(line, hall, queue, number, taken, called, finished, cells)


def _unfit_name(hall: str, queue: str, number: str) -> Reason | None:
    for text, longest, reason in (
        (hall, _LONGEST_NAME, Reason.HALL),
        (queue, _LONGEST_NAME, Reason.QUEUE),
        (number, LONGEST_NUMBER, Reason.NUMBER),
    ):
        if not text or len(text) > longest or not text.isprintable():
            return reason
    return None


def _instant(cell: str) -> datetime | None:
    """An aware instant; a day alone is none."""
    try:
        at = datetime.fromisoformat(cell)
        with_zone = at if at.tzinfo else at.replace(tzinfo=clock.ZONE)
        return with_zone.astimezone(clock.ZONE) if ":" in cell else None
    except (ValueError, OverflowError):
        return None


def _impossible(taken: datetime, called: datetime, finished: datetime | None) -> Reason | None:
    if called < taken:
        return Reason.CALLED_EARLY
    if finished is not None and finished < called:
        return Reason.FINISHED_EARLY
    same_day = taken.date() == called.date() == (finished or called).date()
    return None if same_day else Reason.OTHER_DAY


def _judged(given: Sequence[Row | Reject], day: date) -> Iterator[Row | Reject]:
    """Rows of other days and repeated numbers become rejects."""
    seen: set[tuple[str, str, str]] = set()
    for row in given:
        if isinstance(row, Reject):
            yield row
        elif clock.day_of(row.taken_at) != day:
            yield Reject(row.line, Reason.OTHER_DAY, row.cells)
        elif row.key in seen:
            yield Reject(row.line, Reason.DUPLICATE, row.cells)
        else:
            seen.add(row.key)
            yield row
