"""The steps a scripted case takes, one dataclass each, in the words of the case API.

`t` is (working days after registration, working minute of that day); minute 0 is the opening at
08:30, 210 is 14:00 after lunch, 420 is the close at 17:30. `hall` is empty for the case's own
hall and names the other hall for what a referral's receiver does.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from apps.cases.rules import Answer, Cause, Difficulty, Outcome
from bancheng.config.demo import beside
from bancheng.config.demo.reading import BadContent, Raw, build, mapping
from bancheng.config.demo.step import DAY_MINUTES, Step
from bancheng.kernel.actor import Role

__all__ = ["DAY_MINUTES", "KINDS", "Step", "read_step"]
DeliveryMethod: TypeAlias = Literal["spoken_signed", "sms", "written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage(Step):
    do: ClassVar[str] = "triage"
    should_do: Answer
    can_do: Answer
    cause: Cause
    blocking_reason: str
    difficulty: Difficulty
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(Step):
    do: ClassVar[str] = "dispatch"
    lead_unit: str
    assist_units: tuple[str, ...] = ()
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Step):
    do: ClassVar[str] = "return"
    usual: ClassVar[Role] = Role.DEPT_LEAD
    reason_code: str
    note: str
    suggest_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Step):
    do: ClassVar[str] = "sign"
    usual: ClassVar[Role] = Role.DEPT_HANDLER


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Step):
    do: ClassVar[str] = "contact"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    method: Literal["phone", "visit", "message"]
    result: Literal["reached", "no_answer"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Step):
    do: ClassVar[str] = "reply"
    usual: ClassVar[Role] = Role.DEPT_HANDLER
    answer: str
    solved: Literal["yes", "partly", "no"]
    outcome: Outcome
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Step):
    do: ClassVar[str] = "review"
    decision: Literal["pass", "reject"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver(Step):
    do: ClassVar[str] = "deliver"
    method: DeliveryMethod
    text: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """Codes of the catalogue's `remedies` (domain.md §3.9)."""

    review_body: str
    litigation_court: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Step):
    do: ClassVar[str] = "refusal"
    legal_basis: str
    explanation: str
    approver: Role
    remedy: Remedy
    materials_needed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalApproval(Step):
    do: ClassVar[str] = "refusal-approval"
    usual: ClassVar[Role] = Role.SHIFT_LEAD
    decision: Literal["approve", "reject"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback(Step):
    do: ClassVar[str] = "callback"
    result: Literal["solved", "unsolved", "unreachable"]
    satisfaction: int | None = None
    note: str
    outcome: Outcome | None = None
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Step):
    do: ClassVar[str] = "reopen"
    reason: str


@dataclass(frozen=True, slots=True)
class OnSpot:
    """The delivery that goes with closing at the desk."""

    method: DeliveryMethod
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Step):
    do: ClassVar[str] = "close"
    outcome: Outcome
    note: str
    on_spot: OnSpot | None = None
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Step):
    do: ClassVar[str] = "referrals"
    to: str
    reason: str
    need_contact: bool
    purpose: str
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAccept(Step):
    do: ClassVar[str] = "referral-accept"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReturn(Step):
    do: ClassVar[str] = "referral-return"
    reason_code: str
    note: str


_ALL: tuple[type[Step], ...] = (
    Triage,
    Dispatch,
    Return,
    Sign,
    Contact,
    Reply,
    Review,
    Deliver,
    Refusal,
    RefusalApproval,
    Callback,
    Reopen,
    Close,
    Referral,
    ReferralAccept,
    ReferralReturn,
    *beside.KINDS,
)
KINDS: dict[str, type[Step]] = {kind.do: kind for kind in _ALL}


def read_step(raw: Raw, where: str) -> Step:
    """One step of a script; its `do` decides what else it must say."""
    given = dict(mapping(raw, where))
    name = given.pop("do", "")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadContent(where, f"no step is called {name!r}")
    ready = {"give": given.pop("give", {})} if issubclass(kind, beside.Free) else {}
    step = build(kind, given, f"{where}.{kind.do}", **ready)
    if len(step.t) != 2 or step.day < 0 or not 0 <= step.minute <= DAY_MINUTES:
        raise BadContent(where, f"{step.t} is no working day and minute")
    return step
