"""Reads a folder of queue snapshots: one day of one queue as a series of readings.

`*snapshots*.csv` or `.csv.xz` with hall, queue_id, ts, open_windows, waiting, current_no,
aktualnyNumer, published_minutes; `*queues_dim.csv` with hall, queue_id, letter.
"""

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

_COLUMNS = {
    "hall",
    "queue_id",
    "ts",
    "open_windows",
    "waiting",
    "current_no",
    "aktualnyNumer",
    "published_minutes",
}
_OTHER_SERIES = 900
"""Numbers from here on belong to appointments, counted apart beside the ordinary ones."""


class Unusable(Exception):
    """The folder cannot be measured with; the text says what is missing."""


class QueueDay(NamedTuple):
    """One queue of one hall on one day."""

    hall: str
    queue: str
    day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What the hall published at a minute of the day; `number` is None where it cannot be used."""

    minute: int
    windows: int
    waiting: int
    number: int | None
    foreign: bool
    published: int


Days = dict[QueueDay, list[Reading]]


def read(folder: Path) -> Days:
    """All readings by queue and day, in time order; raises Unusable, naming what is missing."""
    if not folder.is_dir():
        raise Unusable(f"{folder} is not a folder")
    letters = _letters(_found(folder, "*queues_dim.csv")[0])
    days: Days = defaultdict(list)
    for file in _found(folder, "*snapshots*.csv", "*snapshots*.csv.xz"):
        for row in _rows(file, _COLUMNS):
            at, reading = _reading(row, letters.get((row["hall"], row["queue_id"])))
            days[QueueDay(row["hall"], row["queue_id"], at)].append(reading)
    for readings in days.values():
        readings.sort(key=lambda reading: reading.minute)
    return dict(days)


def _found(folder: Path, *patterns: str) -> list[Path]:
    found = sorted(file for pattern in patterns for file in folder.glob(pattern))
    if not found:
        raise Unusable(f"no {' or '.join(patterns)} in {folder}")
    return found


def _letters(file: Path) -> dict[tuple[str, str], str]:
    rows = _rows(file, {"hall", "queue_id", "letter"})
    return {(row["hall"], row["queue_id"]): row["letter"] for row in rows}


def _rows(file: Path, wanted: set[str]) -> Iterator[dict[str, str]]:
    try:
        with _opened(file) as lines:
            table = csv.DictReader(lines)
            if missing := wanted - set(table.fieldnames or ()):
                raise Unusable(f"{file.name} lacks the columns {', '.join(sorted(missing))}")
            yield from table
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError, csv.Error) as error:
        raise Unusable(f"{file.name} cannot be read: {error}") from error


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    if file.suffix == ".xz":
        with lzma.open(file, "rt", encoding="utf-8", newline="") as lines:
            yield lines
    else:
        with file.open(encoding="utf-8", newline="") as lines:
            yield lines


def _reading(row: dict[str, str], letter: str | None) -> tuple[date, Reading]:
    """A number of another letter or series is somebody sent here from another queue: not used."""
    try:
        at = datetime.fromisoformat(row["ts"])
        number = int(row["current_no"])
        called_from = row["aktualnyNumer"].rstrip("0123456789")
        foreign = number >= _OTHER_SERIES or bool(number and letter and called_from != letter)
        return at.date(), Reading(
            minute=at.hour * 60 + at.minute,
            windows=int(row["open_windows"]),
            waiting=int(row["waiting"]),
            number=None if foreign or not number else number,
            foreign=foreign,
            published=int(row["published_minutes"]),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise Unusable(f"a snapshot row cannot be read: {row} ({error})") from error
