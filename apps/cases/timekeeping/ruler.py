"""The day-by-day ruler of a case's clock: which days counted, which not, and why."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.cases import permissions
from apps.cases.models import Deadline
from apps.cases.timekeeping.reckoning import counted, stands_still
from apps.cases.timekeeping.standstill import PAUSED, pauses_of
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.hours import Hours
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.ruler import DayStep
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

Json = dict[str, Any]


def explanation(deadline_id: UUID, by: Actor) -> Json:
    """The ruler of a visible case's deadline; raises NotFound.

    The stored date stands; the ruler counts again by the rule it ran by, with every pause and the
    extension. A clock that stands still has no date: its ruler says when it would be due if it ran
    on now.
    """
    permissions.require(by, "cases.read")
    visible = permissions.visible_to(by)
    rows = Deadline.objects.select_related("case")
    row = rows.filter(id=deadline_id, case__in=visible).first()
    if row is None:
        raise NotFound
    timing = calendar.timekeeping()
    found = counted(row, row.case, timing, row.done_at or clock.now())
    held = row.ended == PAUSED
    return {
        "rule": row.rule,
        "rule_text_code": f"rule.{parse_rule(row.rule).unit.value.lower()}",
        "policy": {
            "source": row.policy_source,
            "basis": row.policy_basis,
            "hall": row.policy_hall or None,
        },
        "start": row.started_at,
        "due_at": None if held else row.due_at,
        "due_on": None if held else row.due_on,
        "first_due_on": _day(row.first_due_at),
        "would_be_due_on": found.due_on if held else None,
        "provisional": row.provisional,
        "extended_days": row.extended_days,
        "steps": [_step(step, timing.hours) for step in found.steps],
        "pauses": _pauses(row) if stands_still(row) else [],
    }


def _step(step: DayStep, hours: Hours) -> Json:
    """`half`: the hours of a day that is kept differently."""
    parts = hours.by_date.get(step.day, ())
    half = ",".join(f"{_clock(part.opens)}-{_clock(part.closes)}" for part in parts)
    names = ("day", "counted", "reason", "name", "running")
    return {name: getattr(step, name) for name in names} | {"half": half or None}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _pauses(row: Deadline) -> list[Json]:
    """The pauses that lie in this clock's time."""
    end = row.done_at or clock.now()
    return [
        {"reason": one.reason, "since": one.since, "ended": one.ended, "how": one.how}
        for one in pauses_of(row.case)
        if (one.ended or end) > row.started_at
    ]


def _day(at: datetime | None) -> date | None:
    return clock.day_of(at) if at else None
