"""What pausing, extending and counting anew leave in the history."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.cases.details import Detail


@dataclass(frozen=True, slots=True)
class Paused(Detail):
    reason: str
    told: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Resumed(Detail):
    """`days` are the working days that the clock stood still; `due_on` the promise as it is now."""

    reason: str
    since: datetime
    ended: datetime
    how: str
    days: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ExtensionAsked(Detail):
    days: int
    due_on: date


@dataclass(frozen=True, slots=True)
class ExtensionDecided(Detail):
    decision: str
    days: int
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class MovedDate(Detail):
    stage: str
    before: date
    after: date
    before_at: datetime
    after_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Recomputed(Detail):
    """Dates that moved because days or limits are decided differently now."""

    moved: tuple[MovedDate, ...]
