"""Pauses (停表) and extensions (延期) as they are kept with their case (domain.md §2.5, §3.8)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.cases.details import Detail
from apps.cases.models import Case
from apps.cases.rules import Stage
from bancheng.city.calendar import pauses as calendar
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.city.calendar.queries import Timekeeping

PAUSED = "paused"
"""How a clock that stands still has ended, until it runs again."""
STAND_STILL = frozenset({Stage.DISPATCH, Stage.CONTACT, Stage.RESOLVE})
"""The clocks that a pause stops. What other departments or another hall were asked runs on."""
FOR_THE_APPLICANT = frozenset({"applicant_material", "applicant_asked"})
"""The reasons that are over as soon as the applicant answers, through any channel."""


@dataclass(frozen=True, slots=True)
class Pause(Detail):
    """One stretch. `until` is when it ends by itself, `ended` when it did and `how`: resumed,
    answered, until, limit, or by a step that led the case on."""

    reason: str
    note: str
    told: str
    by: str
    since: datetime
    until: datetime
    ended: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Extension(Detail):
    """More time for the promise: asked, then decided by somebody else. `decision` is empty while
    it waits, `lapsed` when the case went on without it."""

    days: int
    reason: str
    asked_at: datetime
    asked_by: str
    asked_post: UUID | None
    due_before: datetime
    decision: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    note: str = ""
    due_after: datetime | None = None


def pauses_of(case: Case) -> list[Pause]:
    """All pauses of a case, the oldest first."""
    return [_pause(kept) for kept in case.pauses]


def paused(case: Case) -> Pause | None:
    """The pause that holds the case now."""
    return pauses_of(case)[-1] if case.resume_at is not None else None


def begin(case: Case, given: Pause) -> None:
    """Put a pause down; the clocks are stopped by the caller."""
    case.pauses = [*case.pauses, given.as_json()]
    case.resume_at = given.until


def finish(case: Case, at: datetime, how: str) -> Pause:
    """End the pause that holds the case; it never ends before it began."""
    last = _pause(case.pauses[-1])
    over = replace(last, ended=max(at, last.since), how=how)
    case.pauses = [*case.pauses[:-1], over.as_json()]
    case.resume_at = None
    return over


def spans(case: Case, now: datetime) -> list[calendar.Pause]:
    """What the engine counts with; a pause that runs lasts until now."""
    return [calendar.Pause(one.since, one.ended or max(now, one.since)) for one in pauses_of(case)]


def days_used(case: Case, time: Timekeeping, now: datetime) -> int:
    """The working days that pauses have taken so far."""
    return sum(
        elapsed_working_days(one.since, one.ended or now, time.calendar) for one in pauses_of(case)
    )


def extensions_of(case: Case) -> list[Extension]:
    """All extensions asked for, the oldest first."""
    return [_extension(kept) for kept in case.extensions]


def pending(case: Case) -> Extension | None:
    """The extension that waits for its decision."""
    last = extensions_of(case)[-1:]
    return last[0] if last and not last[0].decision else None


def answered(case: Case, changed: Extension) -> None:
    """Keep the last extension with its decision."""
    case.extensions = [*case.extensions[:-1], changed.as_json()]


def lapse(case: Case, at: datetime) -> None:
    """The case goes on: an extension that still waited is not decided any more."""
    waiting = pending(case)
    if waiting is not None:
        answered(case, replace(waiting, decision="lapsed", decided_at=at))


def asked_since(case: Case, began: datetime) -> list[Extension]:
    """The extensions of the promise that began then; those of an earlier one are over."""
    return [
        one for one in extensions_of(case) if one.asked_at >= began and one.decision != "lapsed"
    ]


def days_granted(case: Case, began: datetime) -> int:
    """By how many working days the promise that began then was extended."""
    return sum(one.days for one in asked_since(case, began) if one.decision == "approve")


def _pause(kept: dict[str, Any]) -> Pause:
    return Pause(**_moments(kept, "since", "until", "ended"))


def _extension(kept: dict[str, Any]) -> Extension:
    read = _moments(kept, "asked_at", "due_before", "decided_at", "due_after")
    post = read["asked_post"]
    return Extension(**read | {"asked_post": UUID(post) if post else None})


def _moments(kept: dict[str, Any], *names: str) -> dict[str, Any]:
    read = {name: datetime.fromisoformat(kept[name]) for name in names if kept.get(name)}
    return kept | read
