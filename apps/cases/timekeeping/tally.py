"""How the running clocks of all open cases stand, counted for the board.

Thousands of clocks fall due at a few hundred moments: those whose colour must be the same are
counted by the database, and each kind is judged once, by the one rule (`card_of`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from apps.cases.rules import Stage
from apps.cases.timekeeping.cards import SHORT, Card, card_of
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases by their earliest moment and by their worst card: yellow counts yellow and orange, red
    counts red and black."""

    due_today: int
    overdue: int
    yellow: int
    red: int


@dataclass(frozen=True, slots=True)
class _Due:
    """One clock that stands for all of its kind."""

    stage: Stage
    due_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True)
class _Alike:
    """Cases whose earliest clocks, the short stages apart, stand alike."""

    due_at: datetime | None
    due_on: date | None
    short_at: datetime | None
    reopened: int
    cases: int
    due_today: int
    overdue: int

    def clocks(self) -> Iterator[_Due]:
        """The earlier a clock of one kind, the worse its card."""
        if self.due_at is not None and self.due_on is not None:
            yield _Due(Stage.RESOLVE, self.due_at, self.due_on)
        if self.short_at is not None:
            yield _Due(Stage.DISPATCH, self.short_at, clock.day_of(self.short_at))


_ALIKE = """
SELECT min(due_at), due_on, min(short_at), reopened, count(*),
    count(*) FILTER (WHERE first >= %(now)s AND first < %(tomorrow)s),
    count(*) FILTER (WHERE first < %(now)s)
FROM (
    SELECT min(d.due_at) AS first, coalesce(c.reopen_count, 0) AS reopened,
        min(d.due_at) FILTER (WHERE d.stage <> ALL(%(short)s)) AS due_at,
        min(d.due_on) FILTER (WHERE d.stage <> ALL(%(short)s)) AS due_on,
        min(d.due_at) FILTER (WHERE d.stage = ANY(%(short)s)) AS short_at
    FROM cases_deadline d
    LEFT JOIN cases_case c ON c.id = d.case_id AND c.reopen_count > 0 AND c.due_at IS NOT NULL
    WHERE d.ended = '' AND d.case_id NOT IN (SELECT id FROM cases_case WHERE sealed)
    GROUP BY d.case_id, c.reopen_count) running
GROUP BY due_on, date_bin('1 day', due_at, %(tomorrow)s), due_at < %(now)s, short_at < %(now)s,
    reopened"""
"""Bins of a day from `tomorrow` are the hall's days: its clock is never put back or forth."""


def tally(tomorrow: datetime) -> Tally:
    """All open cases with a running clock; `tomorrow` is when the hall's day ends. One query."""
    now, timing = clock.now(), calendar.timekeeping()
    alike = _alike(now, tomorrow)
    lit = [
        (max(card_of(one, now, timing, reopened=kind.reopened) for one in kind.clocks()), kind)
        for kind in alike
    ]
    return Tally(
        due_today=sum(kind.due_today for kind in alike),
        overdue=sum(kind.overdue for kind in alike),
        yellow=sum(kind.cases for card, kind in lit if card in (Card.YELLOW, Card.ORANGE)),
        red=sum(kind.cases for card, kind in lit if card >= Card.RED),
    )


def _alike(now: datetime, tomorrow: datetime) -> list[_Alike]:
    values: dict[str, Any] = {"now": now, "tomorrow": tomorrow, "short": sorted(SHORT)}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, values)
        return [_Alike(*row) for row in cursor.fetchall()]
