"""What is kept about who answers for what: requests between people, explanations, the closing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from apps.cases.details import Detail, Named


class Request(StrEnum):
    """What one person can ask of another under a case; open ones lie in `Case.asked`."""

    HAND_OVER = "hand_over"
    REPORT_UP = "report_up"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Asked(Detail):
    """An open request. `parties` took part before and may not answer it (C-60)."""

    id: UUID
    kind: Request
    text: str
    by: Named
    to: Named | None
    at: datetime
    wanted_by: date | None = None
    parties: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered(Detail):
    """A request with its answer: who asked, who decided, when (C-36, C-60, C-61)."""

    request: UUID
    asked: str
    asked_by: Named
    asked_at: datetime
    decision: str


@dataclass(frozen=True, slots=True)
class Explained(Detail):
    """One attempt to explain: the clause shown, the words used, what was understood (C-87)."""

    legal_basis: str
    clause: str
    understood: str


@dataclass(frozen=True, slots=True)
class AssistReplied(Detail):
    """What an assisting unit told the leading one."""

    unit: Named
    result: str


@dataclass(frozen=True, slots=True)
class Designated(Detail):
    """The unit that has to handle it now: it may not give the case back (§2.5)."""

    lead_unit: Named
    assist_units: tuple[Named, ...]
    category: str
    returns: int


@dataclass(frozen=True, slots=True)
class ClosingFile(Detail):
    """What the checklist asks for beside the outcome (§2.7): proof of what was done, the
    receiving unit's word, the tools it took (C-78), what the knowledge base makes of it.

    What it was worth to the person (C-10): `proof` is the number of the certificate or receipt,
    `amount` in yuan, `saved_days` the days spared, `value` whatever cannot be counted."""

    proof: str = ""
    received: str = ""
    tools: tuple[str, ...] = ()
    knowledge: str = ""
    value: str = ""
    amount: Decimal | None = None
    saved_days: int | None = None

    def over(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """What was kept before, with what is said now."""
        return dict(kept) | {name: said for name, said in self.as_json().items() if said}


NOTHING_SAID = ClosingFile()


@dataclass(frozen=True, slots=True)
class RemedyDates(Detail):
    """Until when one can turn where, counted from the day of the notice (§3.9)."""

    notified_on: date
    reexamination_until: date
    review_until: date
    suit_until: date


def open_requests(asked: Iterable[Mapping[str, Any]], kind: Request) -> list[Mapping[str, Any]]:
    """The open requests of a kind, oldest first."""
    return [one for one in asked if one["kind"] == kind]


def meant_for(one: Mapping[str, Any], post_id: UUID | None) -> bool:
    """Whether a request was put to this post."""
    return post_id is not None and (one["to"] or {}).get("id") == str(post_id)
