"""The steps of a script that do not move its case: work for others, meetings, clocks that stand
still, orders, and a file about somebody's conduct.

`unit` is the unit whose people act, where it is not the one that leads the case. `give` is what
the form of the step asks for, in the words of the API; in it `unit:da` stands for the id of a
unit, `post:assistant` and `post:dept_handler:da` for that of a post, `today` for the day of the
step, `in:3` for three days later, `now` for its moment and `case` for the case itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from apps.cases.intake.link_kinds import LinkKind
from bancheng.config.demo.reading import Raw
from bancheng.config.demo.step import Step
from bancheng.kernel.actor import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside(Step):
    """The state of the case is the same after it."""

    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Free(Beside):
    """A step whose form depends on something else."""

    give: Mapping[str, Raw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Free):
    """A piece of work of that kind begins."""

    do: ClassVar[str] = "work"
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkStep(Free):
    """A step of the last piece of that kind; `asked` names the unit where several were asked."""

    do: ClassVar[str] = "work-step"
    of: str
    step: str
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Free):
    """A joint meeting about this case is proposed."""

    do: ClassVar[str] = "meeting"
    usual: ClassVar[Role] = Role.SHIFT_LEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStep(Free):
    do: ClassVar[str] = "meeting-step"
    usual: ClassVar[Role] = Role.SHIFT_LEAD
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Beside):
    do: ClassVar[str] = "pause"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    reason: str
    told: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Beside):
    do: ClassVar[str] = "resume"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Beside):
    do: ClassVar[str] = "extension"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDecision(Beside):
    do: ClassVar[str] = "extension-decision"
    usual: ClassVar[Role] = Role.DEPT_LEAD
    decision: Literal["approve", "reject"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistSign(Beside):
    do: ClassVar[str] = "assist-sign"
    usual: ClassVar[Role] = Role.DEPT_HANDLER


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistReply(Beside):
    do: ClassVar[str] = "assist-reply"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    result: Literal["agreed", "partly", "cannot", "not_ours"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeNotice(Beside):
    """Everything that is missing, told once; a material reads `name | form | where to get it`."""

    do: ClassVar[str] = "one-time-notice"
    materials: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUp(Beside):
    do: ClassVar[str] = "report-up"
    asked: Role
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUpAnswer(Beside):
    do: ClassVar[str] = "report-up-answer"
    usual: ClassVar[Role] = Role.SHIFT_LEAD
    decision: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Beside):
    """To the case of another script in the same hall."""

    do: ClassVar[str] = "link"
    to: int
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge(Beside):
    do: ClassVar[str] = "urge"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise(Beside):
    do: ClassVar[str] = "supervise"
    usual: ClassVar[Role] = Role.SUPERVISOR
    reason_code: str
    text: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectify(Beside):
    """`whom` is the unit that has to put something right."""

    do: ClassVar[str] = "rectify"
    usual: ClassVar[Role] = Role.SUPERVISOR
    whom: str
    reason_code: str
    text: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswer(Beside):
    do: ClassVar[str] = "order-answer"
    usual: ClassVar[Role] = Role.DEPT_LEAD
    text: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDecision(Beside):
    do: ClassVar[str] = "order-decision"
    usual: ClassVar[Role] = Role.SUPERVISOR
    decision: Literal["accept", "reject"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductFile(Beside):
    """What the person says about somebody's conduct goes into a sealed file of its own; with
    `whole` the case itself becomes it."""

    do: ClassVar[str] = "conduct-file"
    facts: tuple[str, ...]
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    others: str = ""
    title: str = ""
    detail: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductStep(Free):
    do: ClassVar[str] = "conduct"
    usual: ClassVar[Role] = Role.SUPERVISOR
    step: str


KINDS: tuple[type[Beside], ...] = (
    Work,
    WorkStep,
    Meeting,
    MeetingStep,
    Pause,
    Resume,
    Extension,
    ExtensionDecision,
    AssistSign,
    AssistReply,
    OneTimeNotice,
    ReportUp,
    ReportUpAnswer,
    Link,
    Urge,
    Supervise,
    Rectify,
    OrderAnswer,
    OrderDecision,
    ConductFile,
    ConductStep,
)
