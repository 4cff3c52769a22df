"""Whose turn pausing and extending is: what depends on this case, beside role and unit."""

from collections.abc import Callable, Mapping

from apps.cases.models import Case
from apps.cases.rules import Step
from apps.cases.timekeeping import standstill
from apps.cases.timekeeping.errors import (
    AlreadyPaused,
    ClockPaused,
    ExtensionPending,
    ExtensionUsed,
    NoExtensionAsked,
    NotPaused,
    OwnExtension,
)
from bancheng.city.calendar import declared
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Refusal


def _pause(by: Actor, case: Case) -> Refusal | None:
    if not _concerned(by, case):
        return Forbidden(permission="cases.pause")
    held = standstill.paused(case)
    return None if held is None else AlreadyPaused(since=held.since.isoformat())


def _resume(by: Actor, case: Case) -> Refusal | None:
    if not _concerned(by, case):
        return Forbidden(permission="cases.resume")
    return NotPaused() if standstill.paused(case) is None else None


def _extension(by: Actor, case: Case) -> Refusal | None:
    """Once (domain.md §2.5), and while the clock runs."""
    if standstill.paused(case) is not None:
        return ClockPaused()
    if standstill.pending(case) is not None:
        return ExtensionPending()
    began, limit = case.dispatched_at or case.registered_at, declared.extensions()
    used = len(standstill.asked_since(case, began)) >= limit
    return ExtensionUsed(limit=limit) if used else None


def _decision(by: Actor, case: Case) -> Refusal | None:
    """By the unit's head, or by who leads the hall; never by who asked."""
    if not _concerned(by, case):
        return Forbidden(permission="cases.extension-decision")
    waiting = standstill.pending(case)
    if waiting is None:
        return NoExtensionAsked()
    return OwnExtension() if by.post_id == waiting.asked_post else None


def _concerned(by: Actor, case: Case) -> bool:
    """The desk, or the unit that leads the case."""
    return by.department_id is None or by.department_id == case.lead_unit


TURNS: Mapping[Step, Callable[[Actor, Case], Refusal | None]] = {
    Step.PAUSE: _pause,
    Step.RESUME: _resume,
    Step.EXTENSION: _extension,
    Step.EXTENSION_GRANT: _decision,
    Step.EXTENSION_REFUSE: _decision,
}
