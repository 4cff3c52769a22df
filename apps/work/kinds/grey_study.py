"""C-63: no rule says who or how; a unit studies it and decides by a day (模糊和空白地带)."""

from dataclasses import dataclass
from typing import Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Days, Reason, Text, Unit
from apps.work.kinds.kind import COUNTER, OWN, UNIT, Kind, Party, Step


@dataclass(frozen=True, slots=True)
class StudyAsked(Detail):
    unit: Unit
    question: Text
    gap: Literal["vague", "blank", "conflict"]
    why: Text
    days: Days = None


@dataclass(frozen=True, slots=True)
class StudyDecided(Detail):
    """`to_file`: the decision is put on file with the hall's management (C-64)."""

    decision: Literal["do", "do_with_conditions", "do_not", "report_up"]
    ground: Text
    to_file: bool = True


@dataclass(frozen=True, slots=True)
class StudyFile(Detail):
    asked: StudyAsked
    decided: StudyDecided | None = None
    withdrawn: Reason | None = None


GREY_STUDY = Kind(
    code="grey_study",
    asks=StudyAsked,
    file=StudyFile,
    begins="studied",
    ends=frozenset({"decided", "withdrawn"}),
    steps=(
        Step(
            "decide",
            {"studied": "decided"},
            frozenset({Party.ASKED}),
            StudyDecided,
            put="decided",
            clock="stop",
        ),
        Step("withdraw", {"studied": "withdrawn"}, OWN, Reason, put="withdrawn", clock="drop"),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: asked.question,
    stage=Stage.STUDY,
    on_close="blocks",
)
