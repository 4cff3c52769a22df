"""C-04: 帮办, somebody of the hall goes along or acts, step by step (domain.md §2.9)."""

from dataclasses import dataclass, replace
from typing import Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.errors import MandateMissing, NotInPlan, PlanOpen
from apps.work.files import Line, Number, Post, Reason, Short, Text
from apps.work.kinds.kind import ALL, COUNTER, OWN, UNIT, Kind, Step


@dataclass(frozen=True, slots=True)
class PlanStep(Detail):
    """Where, at which unit, with whom, what for."""

    place: Short
    purpose: Line
    unit_name: Short = ""
    person: Short = ""


@dataclass(frozen=True, slots=True)
class AssistPlanned(Detail):
    """`mode`: go along, help prepare, or act on somebody's behalf with a mandate."""

    post: Post
    mode: Literal["guide", "prepare", "on_behalf"]
    voluntary: bool
    plan: tuple[PlanStep, ...]
    mandate: Line = ""


@dataclass(frozen=True, slots=True)
class StepReported(Detail):
    """Number `number` of the plan, counted from one."""

    number: Number
    outcome: Literal["done", "skipped"]
    result: Text


@dataclass(frozen=True, slots=True)
class AssistResult(Detail):
    result: Text


@dataclass(frozen=True, slots=True)
class AssistFile(Detail):
    asked: AssistPlanned
    added: tuple[PlanStep, ...] = ()
    reports: tuple[StepReported, ...] = ()
    finished: AssistResult | None = None
    stopped: Reason | None = None


def mandated(asked: AssistPlanned) -> None:
    """Help is free and voluntary; raises MandateMissing."""
    if not asked.voluntary or (asked.mode == "on_behalf" and not asked.mandate.strip()):
        raise MandateMissing


def open_numbers(file: AssistFile) -> list[int]:
    """The plan's steps that nobody reported yet."""
    reported = {report.number for report in file.reports}
    count = len(file.asked.plan) + len(file.added)
    return [number for number in range(1, count + 1) if number not in reported]


def in_plan(file: AssistFile, given: StepReported) -> None:
    """Raises NotInPlan."""
    if given.number not in open_numbers(file):
        raise NotInPlan(number=given.number, open=open_numbers(file))


def all_reported(file: AssistFile, given: AssistResult) -> None:
    """Raises PlanOpen."""
    if missing := open_numbers(file):
        raise PlanOpen(open=missing)


def _add(file: AssistFile, given: PlanStep) -> AssistFile:
    return replace(file, added=(*file.added, given))


ASSIST = Kind(
    code="assist",
    asks=AssistPlanned,
    file=AssistFile,
    begins="under_way",
    ends=frozenset({"done", "stopped"}),
    steps=(
        Step(
            "report",
            {"under_way": "under_way"},
            ALL,
            StepReported,
            put="reports",
            clock="start",
            check=in_plan,
        ),
        Step("add", {"under_way": "under_way"}, ALL, PlanStep, change=_add, clock="start"),
        Step(
            "finish",
            {"under_way": "done"},
            ALL,
            AssistResult,
            put="finished",
            clock="stop",
            check=all_reported,
        ),
        Step("stop", {"under_way": "stopped"}, OWN, Reason, put="stopped", clock="drop"),
    ),
    opens=COUNTER | UNIT,
    title=lambda asked: asked.plan[0].purpose if asked.plan else "",
    stage=Stage.STEP,
    on_close="blocks",
    check=mandated,
)
