"""C-89: somebody other than the applicant agrees to a use of their data or to an act of theirs."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from apps.cases.details import Detail
from apps.work.files import Line, Name, Past, Reason, Text
from apps.work.kinds.kind import ALL, COUNTER, HELPERS, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class ConsentGiven(Detail):
    """Who, when, how, for what. The name is sealed; a mask is shown."""

    person: Name
    relation: Line
    scope: Text
    how: Literal["written", "video", "on_site", "phone"]
    given_on: Past
    identity_checked: bool
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentFile(Detail):
    asked: ConsentGiven
    withdrawn: Reason | None = None


CONSENT = Kind(
    code="consent",
    asks=ConsentGiven,
    file=ConsentFile,
    begins="given",
    ends=frozenset({"given", "withdrawn"}),
    steps=(Step("withdraw", {"given": "withdrawn"}, ALL, Reason, put="withdrawn"),),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.scope,
)
