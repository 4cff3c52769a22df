"""C-35: somebody who is already near goes to the person, with their consent."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.errors import ConsentMissing
from apps.work.files import Line, Post, Reason, Short, Text
from apps.work.kinds.kind import ALL, COUNTER, OWN, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class VisitPlanned(Detail):
    """`area` is a neighbourhood or village; the address is asked of the person by phone."""

    area: Short
    on: date
    purpose: Text
    post: Post
    device: Literal["none", "phone", "portable_terminal", "camera", "printer"] = "none"


@dataclass(frozen=True, slots=True)
class VisitConsent(Detail):
    """`face_scan` needs the same yes said apart (个人信息保护法 29)."""

    by_whom: Literal["self", "family", "agent"]
    how: Literal["phone", "written", "on_site"]
    agreed: bool
    face_scan: Literal["not_used", "agreed"] = "not_used"


@dataclass(frozen=True, slots=True)
class VisitDone(Detail):
    """`proof` is the receipt, the signature or the number of the picture."""

    steps: tuple[Line, ...]
    proof: Line
    result: Text


@dataclass(frozen=True, slots=True)
class VisitFile(Detail):
    asked: VisitPlanned
    consent: VisitConsent | None = None
    done: VisitDone | None = None
    cancelled: Reason | None = None


def agreed(file: VisitFile, given: VisitConsent) -> None:
    """Raises ConsentMissing."""
    if not given.agreed:
        raise ConsentMissing


_CANCELLED = dict.fromkeys(("planned", "agreed", "on_site"), "cancelled")
HOME_VISIT = Kind(
    code="home_visit",
    asks=VisitPlanned,
    file=VisitFile,
    begins="planned",
    ends=frozenset({"done", "cancelled"}),
    steps=(
        Step("consent", {"planned": "agreed"}, ALL, VisitConsent, put="consent", check=agreed),
        Step("arrive", {"agreed": "on_site"}, ALL),
        Step("complete", {"on_site": "done"}, ALL, VisitDone, put="done", clock="stop"),
        Step("cancel", _CANCELLED, OWN, Reason, put="cancelled", clock="drop"),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: asked.purpose,
    stage=Stage.VISIT,
    on_close="blocks",
)
