"""A year's notice on its way into a network's calendar: what it would change, and its seal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from bancheng.city.calendar.days import Calendar, DayKind, Kind
from bancheng.city.calendar.notices import Notice

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day that the notice makes different; `changed` only by its kind or name."""

    day: date
    change: Change
    before: DayKind
    after: DayKind


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a notice over would change. `seal` stands for the notice and for the calendar it
    was compared with: confirming asks for it."""

    notice: Notice
    known: bool
    changes: tuple[DayChange, ...]
    seal: str


def preview(notice: Notice, known: Iterable[Notice]) -> Preview:
    """Compare a notice with the years that hold now."""
    before = {one.year: one for one in known}
    after = before | {notice.year: notice}
    changes = tuple(_changes(Calendar.from_notices(before.values()), after))
    said = repr((notice, before.get(notice.year), sorted(before)))
    seal = sha256(said.encode()).hexdigest()[:32]
    return Preview(notice, notice.year in before, changes, seal)


def _changes(before: Calendar, years: dict[int, Notice]) -> Iterable[DayChange]:
    after = Calendar.from_notices(years.values())
    for day in sorted(set(before.marked) | set(after.marked)):
        was, becomes = before.day(day), after.day(day)
        if _settled(was) != _settled(becomes):
            yield DayChange(day, _change(day, before, after), was, becomes)


def _change(day: date, before: Calendar, after: Calendar) -> Change:
    if day not in before.marked:
        return "added"
    return "changed" if day in after.marked else "removed"


def _settled(kind: DayKind) -> tuple[Kind, str]:
    """That a year is settled changes no day of it."""
    plain = Kind.WEEKEND if kind.kind is Kind.PROVISIONAL_WEEKEND else kind.kind
    return plain, kind.name
