"""What is put down about a joint meeting, step by step (C-14, domain.md §2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from apps.cases.details import Detail
from apps.work.errors import OutOfMeeting
from apps.work.files import (
    As,
    Days,
    Line,
    MaybeUnit,
    Nothing,
    Reason,
    Short,
    Text,
    Unit,
    Units,
)

CaseId = Annotated[UUID, As("case")]
CaseIds = Annotated[tuple[UUID, ...], As("cases", 20)]


@dataclass(frozen=True, slots=True)
class Seat(Detail):
    """A unit at the table. `present` is None until the meeting was held, `agrees` until signed."""

    unit: Unit
    name: str
    present: bool | None = None
    person: str = ""
    position: str = ""
    opinion: str = ""
    agrees: bool | None = None
    reservation: str = ""
    signed_at: datetime | None = None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Draft(Detail):
    """A resolution before the minutes are issued: which unit does what in which case by when."""

    case: CaseId
    unit: Unit
    what: Text
    days: Days = None


@dataclass(frozen=True, slots=True)
class Proposed(Detail):
    """`lead_unit` convenes, drafts the minutes and gathers signatures."""

    topic: Text
    cases: CaseIds
    units: Units
    lead_unit: MaybeUnit = None


@dataclass(frozen=True, slots=True)
class Called(Detail):
    planned_at: datetime
    place: Line


@dataclass(frozen=True, slots=True)
class Attendance(Detail):
    unit: Unit
    present: bool
    person: Short = ""


@dataclass(frozen=True, slots=True)
class Held(Detail):
    attendance: tuple[Attendance, ...]


@dataclass(frozen=True, slots=True)
class Opinion(Detail):
    """Of the actor's own unit; whoever keeps the record names the `unit`."""

    position: Literal["agree", "conditional", "disagree"]
    text: Text
    unit: MaybeUnit = None


@dataclass(frozen=True, slots=True)
class Minutes(Detail):
    minutes: Text
    resolutions: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed(Detail):
    """A unit may sign with a reservation, or say that it does not agree."""

    agrees: bool
    reservation: Text = ""


@dataclass(frozen=True, slots=True)
class SpecialAsked(Detail):
    leader: Short
    question: Text


@dataclass(frozen=True, slots=True)
class SpecialDecided(Detail):
    decision: Text


STEPS: Mapping[str, tuple[Mapping[str, str], type[Detail], frozenset[str]]] = {
    "call": ({"proposed": "called", "called": "called"}, Called, frozenset({"convener"})),
    "hold": ({"called": "held"}, Held, frozenset({"convener", "lead"})),
    "opine": ({"held": "held"}, Opinion, frozenset({"convener", "lead", "seat"})),
    "minute": (
        {"held": "minuted", "minuted": "minuted"},
        Minutes,
        frozenset({"convener", "lead"}),
    ),
    "sign": ({"minuted": "minuted"}, Signed, frozenset({"seat"})),
    "ask_special": ({"minuted": "special"}, SpecialAsked, frozenset({"convener", "lead"})),
    "decide_special": ({"special": "minuted"}, SpecialDecided, frozenset({"convener"})),
    "issue": ({"minuted": "issued"}, Nothing, frozenset({"convener", "lead"})),
    "cancel": (
        {"proposed": "cancelled", "called": "cancelled"},
        Reason,
        frozenset({"convener"}),
    ),
}
"""Each step: from which state to which, what it says, and whose it is. `seat` is a unit at the
table, `lead` the one that leads, `convener` the hall's management or desk."""
STATES = ("proposed", "called", "held", "minuted", "special", "issued", "cancelled")


def after(state: str, code: str) -> str:
    """The state a step leads to; raises OutOfMeeting."""
    moves = STEPS[code][0]
    if state not in moves:
        raise OutOfMeeting(state=state, step=code, allowed=[])
    return moves[state]


def steps_from(state: str) -> tuple[str, ...]:
    """Every step that a state knows."""
    return tuple(code for code, (moves, _, _) in STEPS.items() if state in moves)
