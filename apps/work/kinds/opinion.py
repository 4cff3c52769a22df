"""C-65: several departments are asked for their opinion at once, each by its own day."""

from dataclasses import dataclass
from typing import Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Days, Line, Reason, Text, Units
from apps.work.kinds.kind import COUNTER, OWN, SYSTEM_ONLY, UNIT, Kind, Party, Step


@dataclass(frozen=True, slots=True)
class OpinionAsked(Detail):
    """One piece of work comes of each unit asked."""

    units: Units
    question: Text
    background: Text = ""
    days: Days = None


@dataclass(frozen=True, slots=True)
class OpinionGiven(Detail):
    position: Literal["agree", "conditional", "disagree"]
    text: Text
    basis: Line = ""


@dataclass(frozen=True, slots=True)
class OpinionFile(Detail):
    asked: OpinionAsked
    answer: OpinionGiven | None = None
    withdrawn: Reason | None = None


OPINION = Kind(
    code="opinion",
    asks=OpinionAsked,
    file=OpinionFile,
    begins="asked",
    ends=frozenset({"answered", "no_reply", "withdrawn"}),
    steps=(
        Step(
            "answer",
            {"asked": "answered", "no_reply": "answered"},
            frozenset({Party.ASKED}),
            OpinionGiven,
            put="answer",
            clock="stop",
        ),
        Step("no_reply", {"asked": "no_reply"}, SYSTEM_ONLY),
        Step("withdraw", {"asked": "withdrawn"}, OWN, Reason, put="withdrawn", clock="drop"),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: asked.question,
    stage=Stage.OPINION,
)
