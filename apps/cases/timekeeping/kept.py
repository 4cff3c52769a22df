"""A case's clocks: those that run and those that ran to their end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.cases.models import Case
from apps.cases.timekeeping import body
from apps.cases.timekeeping.cards import Clock, card_of
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock


@dataclass(frozen=True, slots=True)
class KeptClock(Clock):
    """A clock as the page of its case shows it."""

    owner: UUID | None
    owner_name: str
    rule: str
    first_due_at: datetime | None
    extended_days: int
    ended: str
    done_at: datetime | None


def kept(row: Mapping[str, Any]) -> KeptClock:
    """A row that was read as JSON."""
    first, done = row["first_due_at"], row["done_at"]
    return KeptClock(
        id=UUID(row["id"]),
        case_id=UUID(row["case_id"]),
        stage=row["stage"],
        started_at=datetime.fromisoformat(row["started_at"]),
        due_at=datetime.fromisoformat(row["due_at"]),
        due_on=date.fromisoformat(row["due_on"]),
        provisional=row["provisional"],
        owner=UUID(row["owner"]) if row["owner"] else None,
        owner_name=row["owner_name"],
        rule=row["rule"],
        first_due_at=datetime.fromisoformat(first) if first else None,
        extended_days=row["extended_days"],
        ended=row["ended"],
        done_at=datetime.fromisoformat(done) if done else None,
    )


def running(clocks: Iterable[KeptClock]) -> list[Clock]:
    """Those that have not ended."""
    return [one for one in clocks if not one.ended]


def shown(case: Case, clocks: Iterable[KeptClock]) -> list[dict[str, Any]]:
    """In the shape of the API. A finished clock shows the colour it ended with."""
    timing, now = calendar.timekeeping(), clock.now()
    return [
        {
            "id": one.id,
            "stage": one.stage,
            "owner": {"id": one.owner, "name": one.owner_name},
            "started_at": clock.local(one.started_at),
            "card": card_of(one, one.done_at or now, timing, reopened=case.reopen_count).word,
            "provisional": one.provisional,
            "rule": one.rule,
            **body.of_clock(one),
        }
        for one in clocks
    ]
