"""What a case's answer says of its time: used, standing still, extended (C-06, domain.md §3.8)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from apps.cases.models import Case
from apps.cases.timekeeping.standstill import PAUSED
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel import clock

COLUMNS = ("resume_at", "pauses", "delivered_at", "closed_at", "channel")


def of_row(row: Mapping[str, Any], time: Timekeeping) -> dict[str, Any]:
    """A list's part: the pause that holds the case, and the time used once it is closed."""
    held = row["pauses"][-1] if row["resume_at"] is not None else None
    return {
        "paused": held and {key: held[key] for key in ("reason", "since", "until")},
        "elapsed": _elapsed(row, time),
    }


def _elapsed(row: Mapping[str, Any], time: Timekeeping) -> dict[str, int] | None:
    """C-06: natural and working days from the intake to the result (the start day not counted,
    民法典 201); standing still is part of it."""
    if row["closed_at"] is None:
        return None
    start, end = row["registered_at"], row["delivered_at"] or row["closed_at"]
    return {
        "natural_days": (clock.day_of(end) - clock.day_of(start)).days,
        "working_days": elapsed_working_days(start, end, time.calendar),
    }


def of_case(case: Case) -> dict[str, Any]:
    """The whole case's part: every pause and every extension."""
    return {
        "channel": case.channel,
        "pauses": case.pauses,
        "extensions": [_extension(one) for one in case.extensions],
    }


def _extension(kept: dict[str, Any]) -> dict[str, Any]:
    """Without the post's id: the page shows names."""
    return {key: value for key, value in kept.items() if key != "asked_post"}


class Kept(Protocol):
    """As much of a clock as its dates are told by."""

    @property
    def ended(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def due_on(self) -> date: ...
    @property
    def done_at(self) -> datetime | None: ...
    @property
    def first_due_at(self) -> datetime | None: ...
    @property
    def extended_days(self) -> int: ...


def of_clock(row: Kept) -> dict[str, Any]:
    """A clock's part: a paused one has no date, a moved one tells the first."""
    held = row.ended == PAUSED
    return {
        "due_at": None if held else clock.local(row.due_at),
        "due_on": None if held else row.due_on,
        "done_at": None if held else clock.local(row.done_at),
        "first_due_on": _day(row.first_due_at),
        "extended_days": row.extended_days,
    }


def _day(at: datetime | None) -> date | None:
    return clock.day_of(at) if at else None
