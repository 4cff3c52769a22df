"""The day-by-day ruler behind a due date, and the due date itself."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bancheng.city.calendar.days import DayKind


class Reason(StrEnum):
    """Why a day did not count, besides what kind of day it is (`days.Kind`)."""

    START_DAY = "start_day_not_counted"
    CUTOFF = "cutoff"
    AFTER_CLOSE = "after_close"
    PAUSED = "paused"
    NATURAL = "natural"


@dataclass(frozen=True, slots=True)
class DayStep:
    """One day of the ruler.

    `reason` is a code (`ruler.Reason` or `days.Kind`), `name` the holiday's name or the
    closure's reason. `running` is what has been used up by the end of this day: days for WD and
    ND, whole minutes for WH and NH. The day of a WD+0 limit counts while `running` stays 0.
    """

    day: date
    counted: bool
    reason: str
    name: str
    running: int

    @property
    def coded_reason(self) -> str:
        """Code and name in one: `holiday:春节`, `make_up:国庆节`, `weekend`."""
        return f"{self.reason}:{self.name}" if self.name else self.reason


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due and why.

    `due_on` is the last day on which it can still be done in time. `due_at` is the moment it
    turns late (Asia/Shanghai); for a day that ends at 24:00 that is the next day's midnight.
    `provisional` says that a year without a published calendar had a part in it.
    """

    due_at: datetime
    due_on: date
    steps: tuple[DayStep, ...]
    provisional: bool


def of_kind(day: date, kind: DayKind, *, counted: bool, running: int) -> DayStep:
    """A step whose reason is the kind of day."""
    return DayStep(day, counted, kind.kind.value, kind.name, running)


def skipped(day: date, reason: Reason, running: int = 0) -> DayStep:
    """A step that did not count for a reason of the clock's own."""
    return DayStep(day, False, reason.value, "", running)
