"""What a step leaves in the history beside its note: one typed shape per step."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder


@dataclass(frozen=True, slots=True)
class Detail:
    """Base of all shapes; `as_json` is what is stored."""

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), cls=DjangoJSONEncoder))
        return plain


@dataclass(frozen=True, slots=True)
class Named(Detail):
    """Somebody or something by id and the name it had."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Triaged(Detail):
    should_do: str
    can_do: str
    cause: str
    blocking_reason: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Dispatched(Detail):
    lead_unit: Named
    assist_units: tuple[Named, ...]
    category: str


@dataclass(frozen=True, slots=True)
class Returned(Detail):
    reason_code: str
    unit: Named
    suggested_unit: Named | None


@dataclass(frozen=True, slots=True)
class Contacted(Detail):
    method: str
    result: str
    spoken_with: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Replied(Detail):
    """`silent` are the assisting units that had not answered."""

    solved: str
    outcome: str
    legal_basis: str
    silent: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided(Detail):
    decision: str


@dataclass(frozen=True, slots=True)
class Remedy(Detail):
    """Where the person can turn to: review body and court (domain.md §3.9)."""

    review_body: str
    litigation_court: str


@dataclass(frozen=True, slots=True)
class RefusalFile(Detail):
    """A refusal on its way (否定报备, domain.md §2.6): whose act it is, reason and basis with the
    article's own words, plain explanation, what would make it possible, who handled it, who
    proposed, who decides, remedies. `dates` and `materials_returned` come with the delivery."""

    legal_basis: str
    explanation: str
    materials_needed: str
    remedy: Remedy
    proposer: Named
    approver: Named
    decision: str = ""
    decision_note: str = ""
    act: str = ""
    organ: str = ""
    reason: str = ""
    basis_title: str = ""
    basis_text: str = ""
    handler: str = ""
    handler_title: str = ""
    explained_times: int = 0
    materials_returned: str = ""
    dates: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Delivered(Detail):
    method: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CalledBack(Detail):
    result: str
    satisfaction: int | None


@dataclass(frozen=True, slots=True)
class Closed(Detail):
    outcome: str
    on_spot: bool


@dataclass(frozen=True, slots=True)
class Undone(Detail):
    """Which step was taken back, and at which version of the case."""

    step: str
    version: int


@dataclass(frozen=True, slots=True)
class Reopened(Detail):
    times: int
    outcome_before: str


@dataclass(frozen=True, slots=True)
class Referred(Detail):
    letter: UUID
    to_hall: Named
    purpose: str
    promised_on: date
    files: int = 0


@dataclass(frozen=True, slots=True)
class Received(Detail):
    letter: UUID
    from_hall: Named
    case_number: str
    files: int = 0


@dataclass(frozen=True, slots=True)
class Heard(Detail):
    """A line of the other hall under a letter."""

    letter: UUID
    line: int
    hall: Named
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Revealed(Detail):
    field: str
    reason: str
