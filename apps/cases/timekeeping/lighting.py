"""When a running clock's cards are due to light, by the same rule as its colour (domain.md §3.6).

`cards.card_of` says what colour a clock has now; this says from which moment of working time on it
has it. A warning that falls on a day lights at that day's opening, a reminder that reaches back
before the opening falls into the previous working interval (peers.md §8 item 5).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from apps.cases.rules import Stage
from apps.cases.timekeeping.cards import FAR_OVER, SHORT, Card, Running
from bancheng.city.calendar.elapsed import (
    DAY,
    working_day_before,
    working_minutes_before,
)
from bancheng.city.calendar.moments import in_hall_time
from bancheng.city.calendar.queries import Timekeeping

NOTICE_DAYS = 1


class Why(StrEnum):
    """Why a card lit."""

    REMINDER = "reminder"
    STAGE_OVERDUE = "stage_overdue"
    ONE_DAY_LEFT = "one_day_left"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    FAR_OVERDUE = "far_overdue"
    REOPENED_AGAIN = "reopened_again"


BLAMES = frozenset({Why.STAGE_OVERDUE, Why.OVERDUE, Why.FAR_OVERDUE})
"""Those that count as a card of the stage's owner (M-30); the others warn."""


@dataclass(frozen=True, slots=True)
class Lighting:
    """A level (0 is a reminder without colour) and the moment from which it holds."""

    level: int
    at: datetime
    why: Why


def lightings(
    deadline: Running,
    time: Timekeeping,
    *,
    redone_at: datetime | None = None,
    remind_minutes: int = 0,
) -> list[Lighting]:
    """All levels that this clock passes if nothing is done, the earliest first.

    `redone_at` is the beginning of a second re-do, which is black from then on.
    """
    due_at = in_hall_time(deadline.due_at)
    if Stage(deadline.stage) in SHORT:
        late = Lighting(Card.YELLOW, due_at, Why.STAGE_OVERDUE)
        return [*_reminder(due_at, remind_minutes, time), late]
    warned = working_day_before(due_at.date(), NOTICE_DAYS, time.calendar)
    found = [
        Lighting(Card.YELLOW, time.hours.opening(warned), Why.ONE_DAY_LEFT),
        Lighting(Card.ORANGE, time.hours.opening(deadline.due_on), Why.DUE_TODAY),
        Lighting(Card.RED, due_at, Why.OVERDUE),
        _black(due_at.date(), time),
    ]
    if redone_at is not None:
        found[-1] = Lighting(Card.BLACK, redone_at, Why.REOPENED_AGAIN)
    return sorted(found, key=lambda one: (one.at, one.level))


def _reminder(due_at: datetime, minutes: int, time: Timekeeping) -> list[Lighting]:
    if not minutes:
        return []
    at = working_minutes_before(due_at, minutes, time.calendar, time.hours)
    return [Lighting(0, at, Why.REMINDER)]


def _black(due_day: date, time: Timekeeping) -> Lighting:
    """From the opening of the third working day after the due day."""
    day, over = due_day, 0
    while over <= FAR_OVER:
        day += DAY
        over += time.calendar.works(day)
    return Lighting(Card.BLACK, time.hours.opening(day), Why.FAR_OVERDUE)
