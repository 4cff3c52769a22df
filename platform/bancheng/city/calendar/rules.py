"""What a time limit says: unit, amount, cut-off and receipt practice."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bancheng.city.calendar.errors import BadRule


class Unit(StrEnum):
    """What is counted (domain.md §3.8 items 1, 2, 9)."""

    WORKING_DAYS = "WD"
    NATURAL_DAYS = "ND"
    WORKING_HOURS = "WH"
    NATURAL_HOURS = "NH"


class Receipt(StrEnum):
    """What a start on a rest day or outside hours means (domain.md §3.8 item 8)."""

    NEXT_DAY_COUNTING = "A"
    NEXT_OPENING = "B"


LARGEST = {
    Unit.WORKING_DAYS: 3660,
    Unit.NATURAL_DAYS: 3660,
    Unit.WORKING_HOURS: 9999,
    Unit.NATURAL_HOURS: 9999,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit.

    - WD+n: the start day is not counted; due at close of business of the n-th working day
      after it. WD+0 is “the same working day”: by its close of business, or by the next working
      day's when the start is at or after close or on a rest day.
    - ND+n: the start day is not counted; when the last day is a rest day, the next working day
      takes its place (民法典 201, 203); due at close of business, or 24:00 without hours.
    - WH+n, NH+n: hours from the moment itself (民法典 201), inside working hours or natural.
    - `cutoff`: a start later than this time of any day counts as received at the opening of the
      next working day, so counting starts one day later. The cut-off minute itself is in time.
    - `receipt`: A counts on from the day as it is; B deems a start outside working hours
      received at the next opening.
    """

    unit: Unit
    amount: int
    cutoff: time | None = None
    receipt: Receipt = Receipt.NEXT_DAY_COUNTING

    def __post_init__(self) -> None:
        smallest = 0 if self.unit is Unit.WORKING_DAYS else 1
        if not smallest <= self.amount <= LARGEST[self.unit]:
            raise BadRule(reason="amount", value=self.amount)
        if self.cutoff is not None and self.cutoff != _plain_minute(self.cutoff):
            raise BadRule(reason="cutoff", value=self.cutoff.isoformat())

    @property
    def counts_days(self) -> bool:
        """Whether the limit is in days (else in hours)."""
        return self.unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS)


def _plain_minute(cutoff: time) -> time:
    return time(cutoff.hour, cutoff.minute)
