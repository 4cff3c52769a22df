"""What oversight leaves in a case's history, and keeps in its own rows: one shape per act."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apps.cases.details import Detail, Named


@dataclass(frozen=True, slots=True)
class Urged(Detail):
    """To whom the letter went."""

    unit: Named
    reached: int


@dataclass(frozen=True, slots=True)
class Ordered(Detail):
    """An order was given; the text is the line's note."""

    order: UUID
    unit: Named
    reason_code: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OrderDecided(Detail):
    order: UUID
    decision: str


@dataclass(frozen=True, slots=True)
class Said(Detail):
    """Somebody's words on the record: an appeal, a decision, a line of a diary."""

    id: UUID | None
    name: str
    at: datetime
    text: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Detail):
    """A round of an order: the unit's answer with its proof, then the decision about it."""

    id: UUID | None
    name: str
    at: datetime
    text: str
    proof: str
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
