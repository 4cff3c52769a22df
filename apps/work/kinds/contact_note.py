"""C-09: each talk with somebody besides the applicant: with whom, what came of it, what next."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from apps.cases.details import Detail
from apps.work.files import Line, Name, Text
from apps.work.kinds.kind import COUNTER, HELPERS, UNIT, Kind


@dataclass(frozen=True, slots=True)
class ContactMade(Detail):
    """`person` is sealed; a mask is shown."""

    with_whom: Literal["unit_staff", "other_hall", "enterprise", "neighbour", "village", "other"]
    how: Literal["phone", "visit", "message", "meeting"]
    outcome: Text
    organisation: Line = ""
    person: Name = ""
    next_step: Line = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFile(Detail):
    asked: ContactMade


CONTACT_NOTE = Kind(
    code="contact_note",
    asks=ContactMade,
    file=ContactFile,
    begins="noted",
    ends=frozenset({"noted"}),
    steps=(),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.outcome,
)
