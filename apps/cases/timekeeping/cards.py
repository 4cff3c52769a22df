"""The colour of a running clock, worked out when it is looked at (domain.md §3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol
from uuid import UUID

from apps.cases.accountability import limits
from apps.cases.rules import Stage
from apps.cases.timekeeping.standstill import PAUSED
from bancheng.city.calendar.elapsed import elapsed_working_days, remaining
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel import clock

SHORT = frozenset(
    {Stage.DISPATCH, Stage.SIGN, Stage.CONTACT, Stage.ASSIST_SIGN, Stage.RETURN_DECISION}
)
FAR_OVER = 2


class Card(IntEnum):
    """From fine to worst; what stands still is below all."""

    HOLD = -1
    GREEN = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3
    BLACK = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Running(Protocol):
    """As much of a deadline as its colour depends on."""

    @property
    def stage(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Clock:
    """A running deadline as lists show it."""

    id: UUID
    case_id: UUID
    stage: str
    started_at: datetime
    due_at: datetime
    due_on: date
    provisional: bool


def card_of(deadline: Running, now: datetime, time: Timekeeping, *, reopened: int = 0) -> Card:
    """Green, yellow with a working day left, orange on the day, red when late, black when very
    late or opened again as often as the hall allows. The short stages only turn yellow, when they
    are late; a clock that stands still lights nothing."""
    if getattr(deadline, "ended", "") == PAUSED:
        return Card.HOLD
    late = now > deadline.due_at
    if Stage(deadline.stage) in SHORT:
        return Card.YELLOW if late else Card.GREEN
    if limits.opened_out(reopened):
        return Card.BLACK
    if late:
        over = elapsed_working_days(deadline.due_at, now, time.calendar)
        return Card.BLACK if over > FAR_OVER else Card.RED
    if deadline.due_on <= clock.day_of(now):
        return Card.ORANGE
    left = elapsed_working_days(now, deadline.due_at, time.calendar)
    return Card.YELLOW if left <= 1 else Card.GREEN


def most_urgent(
    clocks: Iterable[Clock], now: datetime, time: Timekeeping, reopened: int
) -> tuple[Clock, Card]:
    """The clock to show for a case: the worst card, then the earliest moment."""
    cards = [(one, card_of(one, now, time, reopened=reopened)) for one in clocks]
    return min(cards, key=lambda lit: (-lit[1], lit[0].due_at))


def minutes_left(deadline: Running, now: datetime, time: Timekeeping) -> int:
    """Whole working minutes; negative once late."""
    return remaining(deadline, now, time.calendar, time.hours)
