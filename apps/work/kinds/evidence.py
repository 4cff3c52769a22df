"""C-05: papers are asked of a third unit, in this hall or outside of it."""

from dataclasses import dataclass

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.errors import NobodyAsked
from apps.work.files import Days, Line, MaybeUnit, Past, Reason, Text
from apps.work.kinds.kind import ALL, COUNTER, HELPERS, OWN, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class EvidenceAsked(Detail):
    """Archives, police, civil affairs …: a `unit` of this hall, or one `outside` by name."""

    what: Text
    purpose: Line
    unit: MaybeUnit = None
    outside: Line = ""
    legal_basis: Line = ""
    days: Days = None


@dataclass(frozen=True, slots=True)
class EvidenceProvided(Detail):
    """`reference` is where the paper lies: its number, or that of the attachment."""

    result: Text
    got_on: Past
    reference: Line = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile(Detail):
    asked: EvidenceAsked
    provided: EvidenceProvided | None = None
    refused: Reason | None = None
    withdrawn: Reason | None = None


def somebody(asked: EvidenceAsked) -> None:
    """Raises NobodyAsked."""
    if asked.unit is None and not asked.outside.strip():
        raise NobodyAsked


EVIDENCE = Kind(
    code="evidence",
    asks=EvidenceAsked,
    file=EvidenceFile,
    begins="asked",
    ends=frozenset({"provided", "refused", "withdrawn"}),
    steps=(
        Step(
            "provide",
            {"asked": "provided", "refused": "provided"},
            ALL,
            EvidenceProvided,
            put="provided",
            clock="stop",
        ),
        Step("refuse", {"asked": "refused"}, ALL, Reason, put="refused", clock="stop"),
        Step("withdraw", {"asked": "withdrawn"}, OWN, Reason, put="withdrawn", clock="drop"),
    ),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.what,
    stage=Stage.EVIDENCE,
    check=somebody,
)
