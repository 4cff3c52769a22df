"""What the intake, the triage and merging leave in the database as JSON: one typed shape each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.cases.details import Detail, Named


@dataclass(frozen=True, slots=True)
class Told(Detail):
    """What the person said at the desk beside the matter itself (C-01): `told_reason` in the words
    used towards them, `materials` at hand, `special` codes, `notice_version` of the consent."""

    told_reason: str = ""
    materials: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    urgency_reason: str = ""
    alias: bool = False
    notice_version: str = ""


@dataclass(frozen=True, slots=True)
class Registered(Detail):
    """Whether the matter was here before, how many visits the network knows of, and how many files
    came with it."""

    repeat: bool
    visits_known: int | None
    files: int = 0


@dataclass(frozen=True, slots=True)
class Push(Detail):
    """Who sent the person to this desk (C-41): a department or a window, and in which role."""

    unit: Named | None
    window: str = ""
    staff_role: str = ""


@dataclass(frozen=True, slots=True)
class GuidanceSlip(Detail):
    """What the person takes home (C-62): what to do, where, with what, whom to call."""

    what: str
    where: str
    bring: tuple[str, ...] = ()
    whom: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Conflict(Detail):
    """Two papers that contradict each other in one field (C-03). Holds no value of either."""

    document_a: str
    document_b: str
    differs_in: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis(Detail):
    """What was found out beside the codes (C-72, C-73): `evidence` names what else may prove it."""

    text: str = ""
    conflict: Conflict | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged(Detail):
    """The answers of a triage that can be compared."""

    should_do: str
    can_do: str
    cause: str
    blocking_reason: str


@dataclass(frozen=True, slots=True)
class CauseChanged(Detail):
    """Who judged how before and after (C-56): a change from hard to cannot is seen."""

    before: Judged
    after: Judged


@dataclass(frozen=True, slots=True)
class Material(Detail):
    """One missing paper: its name, in which form, where to get it."""

    name: str
    form: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class MaterialNotice(Detail):
    """What was asked of the person, all at once (一次性告知). `late` asks for more later on."""

    id: UUID
    materials: tuple[Material, ...]
    told: str
    at: datetime
    by: str
    late: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Authority(Detail):
    """On what a representative speaks for somebody, for what, and until when (C-02)."""

    kind: str
    scope: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Linked(Detail):
    """Another case of this hall."""

    kind: str
    other: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Kept(Detail):
    """What a merge put away: enough to stand exactly as before."""

    state: str
    deadlines: tuple[UUID, ...]
    due_at: datetime | None
    until: date


@dataclass(frozen=True, slots=True)
class ContactChanged(Detail):
    """Which contact datum changed, at whose word, and how the person confirmed it. No value."""

    field: str
    asked_by: str
    confirmed: str


def slip_of(given: Mapping[str, Any]) -> GuidanceSlip:
    """A slip from what a form sent."""
    return GuidanceSlip(**{**given, "bring": tuple(given.get("bring", ()))})
