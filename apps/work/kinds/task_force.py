"""C-07: people of several units under one leader, for one case, until it is dissolved (专班)."""

from dataclasses import dataclass

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Days, Line, Past, Post, Text, Units
from apps.work.kinds.kind import ALL, DESK, MANAGEMENT, Kind, Step


@dataclass(frozen=True, slots=True)
class ForceFormed(Detail):
    name: Line
    goal: Text
    post: Post
    members: Units
    days: Days = None


@dataclass(frozen=True, slots=True)
class ForceMet(Detail):
    on: Past
    said: Text
    decided: Text = ""


@dataclass(frozen=True, slots=True)
class ForceDissolved(Detail):
    reached: bool
    result: Text


@dataclass(frozen=True, slots=True)
class ForceFile(Detail):
    asked: ForceFormed
    meetings: tuple[ForceMet, ...] = ()
    dissolved: ForceDissolved | None = None


TASK_FORCE = Kind(
    code="task_force",
    asks=ForceFormed,
    file=ForceFile,
    begins="at_work",
    ends=frozenset({"dissolved"}),
    steps=(
        Step("met", {"at_work": "at_work"}, ALL, ForceMet, put="meetings"),
        Step(
            "dissolve", {"at_work": "dissolved"}, ALL, ForceDissolved, put="dissolved", clock="stop"
        ),
    ),
    opens=DESK | MANAGEMENT,
    title=lambda asked: asked.name,
    stage=Stage.TASK_FORCE,
    on_close="blocks",
)
