"""C-14: what a joint meeting resolved: a unit does it by a day, and says so."""

from dataclasses import dataclass

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Days, Past, Reason, Text, Unit
from apps.work.kinds.kind import ALL, Kind, Party, Step


@dataclass(frozen=True, slots=True)
class Resolved(Detail):
    unit: Unit
    what: Text
    days: Days = None


@dataclass(frozen=True, slots=True)
class Progress(Detail):
    on: Past
    said: Text


@dataclass(frozen=True, slots=True)
class ResolutionDone(Detail):
    result: Text


@dataclass(frozen=True, slots=True)
class ResolutionFile(Detail):
    asked: Resolved
    progress: tuple[Progress, ...] = ()
    done: ResolutionDone | None = None
    cancelled: Reason | None = None


RESOLUTION = Kind(
    code="resolution",
    asks=Resolved,
    file=ResolutionFile,
    begins="due",
    ends=frozenset({"done", "cancelled"}),
    steps=(
        Step("report", {"due": "due"}, ALL, Progress, put="progress"),
        Step("complete", {"due": "done"}, ALL, ResolutionDone, put="done", clock="stop"),
        Step(
            "cancel",
            {"due": "cancelled"},
            frozenset({Party.DESK}),
            Reason,
            put="cancelled",
            clock="drop",
        ),
    ),
    opens=frozenset(),
    title=lambda asked: asked.what,
    stage=Stage.RESOLUTION,
    on_close="blocks",
    by_hand=False,
)
