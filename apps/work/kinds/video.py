"""C-16: somebody is identified over a video link, with a consent of its own (个人信息保护法 29).

Nothing of the session is recorded but what is written here: who took part, what was checked, the
result, the operator (who takes the step).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.errors import ConsentMissing
from apps.work.files import Line, MaybePost, Reason, Text
from apps.work.kinds.kind import ALL, COUNTER, HELPERS, OWN, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class VideoPlanned(Detail):
    """`post` will run the session; `participants` by their part, not by their number."""

    at: datetime
    purpose: Text
    participants: tuple[Line, ...]
    channel: Line = ""
    post: MaybePost = None


@dataclass(frozen=True, slots=True)
class SeparateConsent(Detail):
    """Asked apart from everything else, after necessity and effect were told (PIPL 29, 30)."""

    how: Literal["spoken_on_video", "written", "app"]
    told_necessity: bool
    agreed: bool
    guardian: bool = False
    text_version: Line = ""


@dataclass(frozen=True, slots=True)
class VideoHeld(Detail):
    checks: tuple[Literal["face", "id_card", "voice", "signature", "question"], ...]
    result: Literal["confirmed", "not_confirmed", "unclear"]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class VideoFile(Detail):
    asked: VideoPlanned
    consent: SeparateConsent | None = None
    held: VideoHeld | None = None
    missed: Reason | None = None
    cancelled: Reason | None = None
    recording: str = "none"


def agreed(file: VideoFile, given: SeparateConsent) -> None:
    """Raises ConsentMissing."""
    if not (given.agreed and given.told_necessity):
        raise ConsentMissing


_BEFORE = ("planned", "agreed")
_CANCELLED = dict.fromkeys(_BEFORE, "cancelled")
VIDEO = Kind(
    code="video",
    asks=VideoPlanned,
    file=VideoFile,
    begins="planned",
    ends=frozenset({"held", "missed", "cancelled"}),
    steps=(
        Step("consent", {"planned": "agreed"}, ALL, SeparateConsent, put="consent", check=agreed),
        Step("hold", {"agreed": "held"}, ALL, VideoHeld, put="held", clock="stop"),
        Step("miss", dict.fromkeys(_BEFORE, "missed"), ALL, Reason, put="missed", clock="drop"),
        Step("cancel", _CANCELLED, OWN, Reason, put="cancelled", clock="drop"),
    ),
    opens=COUNTER | UNIT | HELPERS,
    title=lambda asked: asked.purpose,
    stage=Stage.VIDEO,
)
