"""C-17: a second look beside the video: what was compared with what, by whom, and the result."""

from dataclasses import dataclass
from typing import Literal

from apps.cases.details import Detail
from apps.work.files import Line, MaybeNumber, Text
from apps.work.kinds.kind import COUNTER, HELPERS, UNIT, Kind


@dataclass(frozen=True, slots=True)
class CheckMade(Detail):
    """`video` is the number of the session that it stands beside."""

    compared: Line
    compared_with: Line
    source: Line
    conclusion: Literal["match", "mismatch", "unclear"]
    note: Text = ""
    video: MaybeNumber = None


@dataclass(frozen=True, slots=True)
class CheckFile(Detail):
    asked: CheckMade


EVIDENCE_CHECK = Kind(
    code="evidence_check",
    asks=CheckMade,
    file=CheckFile,
    begins="checked",
    ends=frozenset({"checked"}),
    steps=(),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.compared,
)
