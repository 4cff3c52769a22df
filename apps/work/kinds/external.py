"""C-08: a bank, a vendor, a developer has a say in the matter and no access to the system."""

from dataclasses import dataclass
from typing import Literal

from apps.cases.details import Detail
from apps.work.files import Line, Name, Past, Phone, Text
from apps.work.kinds.kind import COUNTER, HELPERS, OWN, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class PartyNamed(Detail):
    """Whom to reach is sealed; masks are shown."""

    organisation: Line
    role: Literal["vendor", "bank", "developer", "property", "notary", "insurer", "other"]
    wanted: Text
    contact: Name = ""
    phone: Phone = ""


@dataclass(frozen=True, slots=True)
class PartySaid(Detail):
    on: Past
    said: Text
    answer: Literal["agrees", "refuses", "pending"]


@dataclass(frozen=True, slots=True)
class PartyResult(Detail):
    result: Text


@dataclass(frozen=True, slots=True)
class PartyFile(Detail):
    asked: PartyNamed
    said: tuple[PartySaid, ...] = ()
    ended: PartyResult | None = None


EXTERNAL = Kind(
    code="external",
    asks=PartyNamed,
    file=PartyFile,
    begins="in_contact",
    ends=frozenset({"ended"}),
    steps=(
        Step("heard", {"in_contact": "in_contact"}, OWN, PartySaid, put="said"),
        Step("end", {"in_contact": "ended"}, OWN, PartyResult, put="ended"),
    ),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.organisation,
)
