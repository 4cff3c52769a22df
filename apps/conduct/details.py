"""What a file keeps in its open-ended columns and its history, typed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apps.cases.details import Detail


@dataclass(frozen=True, slots=True)
class Accused(Detail):
    """Somebody the file is about: a unit or a post by the name it had."""

    kind: str
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Recusal(Detail):
    """Who keeps out (回避): declared by themselves or ordered."""

    post: UUID
    name: str
    reason: str
    ordered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding(Detail):
    result: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandOver(Detail):
    """To discipline inspection (C-58): what, when, and under which number it was received."""

    body: str
    what: str
    handed_on: date
    receipt: str
    by: str


@dataclass(frozen=True, slots=True)
class Release(Detail):
    """A text for a unit that names nobody and leads nowhere."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback(Detail):
    method: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said(Detail):
    """A line of the verification log."""

    kind: str


@dataclass(frozen=True, slots=True)
class Named(Detail):
    """What a line concerns, in codes or names of the file itself."""

    what: str


@dataclass(frozen=True, slots=True)
class Word(Detail):
    """An appeal or its answer (C-59)."""

    text: str
    by: str
    at: datetime
    decision: str = ""
