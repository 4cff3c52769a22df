"""What travels in a letter: the fields needed, and no more (C-31, design.md §6)."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to contact. Present only when the receiver must."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Matter:
    """The case as the receiver gets to know it, the person masked."""

    title: str
    detail: str
    want: str
    service_item: str
    service_item_name: str
    should_do: str
    can_do: str
    cause: str
    blocking_reason: str
    difficulty: str
    triage_note: str
    urgency: str
    confidential: bool
    visit_count: int
    applicant_kind: str
    relation: str
    enterprise_name: str
    name_mask: str
    first_responder: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def matter(payload: dict[str, Any]) -> Matter:
    """The contents of a stored letter."""
    return Matter(**payload)
