"""What papers leave in a case's history, and keep of a paper that is void."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.cases.details import Detail


@dataclass(frozen=True, slots=True)
class PaperIssued(Detail):
    """Which paper under which number."""

    paper: UUID
    paper_kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Voided(Detail):
    """Who took a paper back, and why; its number is not given again."""

    at: datetime
    by: str
    reason: str
