"""C-78: 告知承诺, a promise stands in for a proof, and is verified afterwards (domain.md §2.9)."""

from dataclasses import dataclass
from typing import Literal

from apps.cases.details import Detail
from apps.work.errors import BadRecord, ConsentMissing, ExcludedArea
from apps.work.files import Line, Past, Text
from apps.work.kinds.kind import ALL, COUNTER, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class Committed(Detail):
    """`area` is "none" or one in which no promise replaces a proof (安阳 25)."""

    proof: Line
    conditions: Text
    told_consequence: bool
    signed: bool
    area: Literal[
        "none", "security", "secret", "public_safety", "finance", "ecology", "life_property"
    ]
    bad_record: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentVerified(Detail):
    on: Past
    true: bool
    note: Text = ""


@dataclass(frozen=True, slots=True)
class CommitmentFile(Detail):
    asked: Committed
    verified: CommitmentVerified | None = None


def allowed(asked: Committed) -> None:
    """Raises ExcludedArea, BadRecord, ConsentMissing."""
    if asked.area != "none":
        raise ExcludedArea(area=asked.area)
    if asked.bad_record:
        raise BadRecord
    if not (asked.signed and asked.told_consequence):
        raise ConsentMissing


def _found(file: CommitmentFile) -> str:
    return "kept" if file.verified and file.verified.true else "broken"


NOTICE_COMMITMENT = Kind(
    code="notice_commitment",
    asks=Committed,
    file=CommitmentFile,
    begins="committed",
    ends=frozenset({"kept", "broken"}),
    steps=(
        Step(
            "verify",
            {"committed": "committed"},
            ALL,
            CommitmentVerified,
            put="verified",
            lands=_found,
        ),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: asked.proof,
    check=allowed,
)
