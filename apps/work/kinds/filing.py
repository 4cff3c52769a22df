"""C-64: on file with the hall's management body, under a number 〔year〕n号 without gaps."""

from dataclasses import dataclass

from apps.cases.details import Detail
from apps.work.files import MaybeNumber, Past, Text
from apps.work.kinds.kind import DESK, UNIT, Kind, Party, Step


@dataclass(frozen=True, slots=True)
class Filed(Detail):
    """`study` is the number of the study whose decision is put on file."""

    content: Text
    filed_on: Past
    study: MaybeNumber = None


@dataclass(frozen=True, slots=True)
class FilingSeen(Detail):
    remark: Text = ""


@dataclass(frozen=True, slots=True)
class FilingFile(Detail):
    asked: Filed
    seen: FilingSeen | None = None


FILING = Kind(
    code="filing",
    asks=Filed,
    file=FilingFile,
    begins="filed",
    ends=frozenset({"filed", "seen"}),
    steps=(Step("see", {"filed": "seen"}, frozenset({Party.MANAGEMENT}), FilingSeen, put="seen"),),
    opens=DESK | UNIT,
    title=lambda asked: asked.content,
    numbered=True,
)
