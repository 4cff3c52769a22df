"""C-66: the matter goes to the government of the same level; its decision comes back."""

from dataclasses import dataclass

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Line, Past, Reason, Text
from apps.work.kinds.kind import DESK, MANAGEMENT, OWN, Kind, Party, Step


@dataclass(frozen=True, slots=True)
class DossierMade(Detail):
    """The facts, what was tried, what is asked to be decided."""

    government: Line
    facts: Text
    tried: Text
    decide: Text


@dataclass(frozen=True, slots=True)
class DossierSubmitted(Detail):
    on: Past
    document: Line


@dataclass(frozen=True, slots=True)
class GovDecision(Detail):
    on: Past
    document: Line
    decision: Text


@dataclass(frozen=True, slots=True)
class FedBack(Detail):
    """What the person and the unit were told of it."""

    on: Past
    told: Text


@dataclass(frozen=True, slots=True)
class DossierFile(Detail):
    asked: DossierMade
    submitted: DossierSubmitted | None = None
    decided: GovDecision | None = None
    fed_back: FedBack | None = None
    withdrawn: Reason | None = None


_WHO = OWN | {Party.MANAGEMENT}
GOV_ESCALATION = Kind(
    code="gov_escalation",
    asks=DossierMade,
    file=DossierFile,
    begins="prepared",
    ends=frozenset({"fed_back", "withdrawn"}),
    steps=(
        Step(
            "submit",
            {"prepared": "submitted"},
            _WHO,
            DossierSubmitted,
            put="submitted",
            clock="start",
        ),
        Step("decide", {"submitted": "decided"}, _WHO, GovDecision, put="decided", clock="stop"),
        Step("feed_back", {"decided": "fed_back"}, _WHO, FedBack, put="fed_back"),
        Step(
            "withdraw",
            {"prepared": "withdrawn", "submitted": "withdrawn"},
            _WHO,
            Reason,
            put="withdrawn",
            clock="drop",
        ),
    ),
    opens=DESK | MANAGEMENT,
    title=lambda asked: asked.decide,
    stage=Stage.GOV_DECISION,
    clock_from_start=False,
    on_close="blocks",
)
