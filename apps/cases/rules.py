"""What may happen to a case, as data (domain.md §2.3, §2.4, §2.7)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from apps.cases.errors import NotDelivered, OutcomeNotAllowed, StepNotAllowed


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    TRIAGED = "triaged"
    DISPATCHED = "dispatched"
    RETURNED = "returned"
    SIGNED = "signed"
    IN_PROGRESS = "in_progress"
    REPLIED = "replied"
    REVIEWED = "reviewed"
    REFUSAL_PROPOSED = "refusal_proposed"
    REFUSED = "refused"
    REFERRED = "referred"
    DELIVERED = "delivered"
    CALLED_BACK = "called_back"
    CLOSED = "closed"


class Step(StrEnum):
    """What moves a case. Steps with a decision are two: one for each answer."""

    TRIAGE = "triage"
    DISPATCH = "dispatch"
    RETURN = "return"
    SIGN = "sign"
    CONTACT = "contact"
    REPLY = "reply"
    REVIEW_PASS = "review_pass"  # noqa: S105 - a step, no secret
    REVIEW_REJECT = "review_reject"
    REFUSAL = "refusal"
    REFUSAL_APPROVE = "refusal_approve"
    REFUSAL_REJECT = "refusal_reject"
    DELIVER = "deliver"
    CALLBACK = "callback"
    REOPEN = "reopen"
    CLOSE = "close"
    REFERRALS = "referrals"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_RETURNED = "referral_returned"
    REFERRAL_ANSWERED = "referral_answered"
    REFERRAL_CLOSED = "referral_closed"

    @property
    def verb(self) -> str:
        """The address of the step and the kind of its event: one for both answers."""
        return _VERBS.get(self, self.value)


_VERBS = {
    Step.REVIEW_PASS: "review",
    Step.REVIEW_REJECT: "review",
    Step.REFUSAL_APPROVE: "refusal-approval",
    Step.REFUSAL_REJECT: "refusal-approval",
}

BY_THE_OTHER_HALL = frozenset(
    {
        Step.REFERRAL_ACCEPTED,
        Step.REFERRAL_RETURNED,
        Step.REFERRAL_ANSWERED,
        Step.REFERRAL_CLOSED,
    }
)

STEPS_OF_PEOPLE = list(dict.fromkeys(s.verb for s in Step if s not in BY_THE_OTHER_HALL))
_S, _T = State, Step
MOVES: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        (_S.REGISTERED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.DISPATCH): _S.DISPATCHED,
        (_S.TRIAGED, _T.CLOSE): _S.CLOSED,
        (_S.TRIAGED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.TRIAGED, _T.REFERRALS): _S.REFERRED,
        (_S.DISPATCHED, _T.SIGN): _S.SIGNED,
        (_S.DISPATCHED, _T.RETURN): _S.RETURNED,
        (_S.RETURNED, _T.DISPATCH): _S.DISPATCHED,
        (_S.RETURNED, _T.REFERRALS): _S.REFERRED,
        (_S.RETURNED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.SIGNED, _T.CONTACT): _S.IN_PROGRESS,
        (_S.SIGNED, _T.RETURN): _S.RETURNED,
        (_S.IN_PROGRESS, _T.CONTACT): _S.IN_PROGRESS,
        (_S.IN_PROGRESS, _T.REPLY): _S.REPLIED,
        (_S.IN_PROGRESS, _T.REFERRALS): _S.REFERRED,
        (_S.IN_PROGRESS, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.REPLIED, _T.REVIEW_PASS): _S.REVIEWED,
        (_S.REPLIED, _T.REVIEW_REJECT): _S.IN_PROGRESS,
        (_S.REPLIED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.REVIEWED, _T.DELIVER): _S.DELIVERED,
        (_S.REFUSAL_PROPOSED, _T.REFUSAL_APPROVE): _S.REFUSED,
        (_S.REFUSAL_PROPOSED, _T.REFUSAL_REJECT): _S.TRIAGED,
        (_S.REFUSED, _T.DELIVER): _S.DELIVERED,
        (_S.REFERRED, _T.REFERRAL_ACCEPTED): _S.REFERRED,
        (_S.REFERRED, _T.REFERRAL_RETURNED): _S.RETURNED,
        (_S.REFERRED, _T.REFERRAL_ANSWERED): _S.DELIVERED,
        (_S.REFERRED, _T.REFERRAL_CLOSED): _S.CLOSED,
        (_S.DELIVERED, _T.CALLBACK): _S.CALLED_BACK,
        (_S.DELIVERED, _T.REFERRAL_CLOSED): _S.CLOSED,
        (_S.CALLED_BACK, _T.CALLBACK): _S.CALLED_BACK,
        (_S.CALLED_BACK, _T.CLOSE): _S.CLOSED,
        (_S.CALLED_BACK, _T.REOPEN): _S.TRIAGED,
        (_S.CLOSED, _T.REOPEN): _S.TRIAGED,
    }
)


class Cause(StrEnum):
    """Why the matter is stuck: 办不了, 很难办, 不给办."""

    CANNOT = "cannot"
    HARD = "hard"
    UNWILLING = "unwilling"


class Answer(StrEnum):
    """Should it be done, can it be done (C-50)."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Difficulty(StrEnum):
    SIMPLE = "simple"
    COMPLEX = "complex"
    SPECIAL = "special"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class Outcome(StrEnum):
    """How a case ended (domain.md §2.7)."""

    DONE = "done"
    DONE_ALT = "done_alt"
    PARTLY = "partly"
    EXPLAINED = "explained"
    TRANSFERRED_CLOSED = "transferred_closed"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    UNRESOLVED = "unresolved"
    MERGED = "merged"


class ReceptionOutcome(StrEnum):
    """What became of somebody who came (C-55)."""

    REGISTERED = "registered"
    CONSULT_ONLY = "consult_only"
    GUIDED_BACK = "guided_back"
    NOT_ACCEPTED = "not_accepted"


class Stage(StrEnum):
    """A part of the way with its own clock and owner (domain.md §2.2)."""

    DISPATCH = "dispatch"
    SIGN = "sign"
    CONTACT = "contact"
    RESOLVE = "resolve"
    REFERRAL_ACCEPT = "referral_accept"
    CALLBACK = "callback"
    STEP = "step"
    VISIT = "visit"
    VIDEO = "video"
    EVIDENCE = "evidence"
    OPINION = "opinion"
    TASK_FORCE = "task_force"
    STUDY = "study"
    GOV_DECISION = "gov_decision"
    DEFERRED = "deferred"
    MEETING = "meeting"
    RESOLUTION = "resolution"


REPLY_OUTCOMES = frozenset({Outcome.DONE, Outcome.DONE_ALT, Outcome.PARTLY, Outcome.EXPLAINED})
SOLVED = frozenset({Outcome.DONE, Outcome.DONE_ALT, Outcome.PARTLY})
NEVER_ON_SPOT = frozenset({Outcome.EXPLAINED, Outcome.UNRESOLVED})
DELIVERY_METHODS = ("spoken_signed", "sms", "written")
MOST_REOPENINGS = 2
REVEALS_PER_HOUR = 30
BLOCKING_REASONS = frozenset(
    f"{group}{number}"
    for group, most in zip("ABCDEFGH", (5, 6, 5, 4, 4, 5, 4, 3), strict=True)
    for number in range(1, most + 1)
)


def after(state: State, step: Step) -> State:
    """The state a step leads to; raises StepNotAllowed."""
    try:
        return MOVES[state, step]
    except KeyError:
        raise StepNotAllowed(state=state.value, step=step.verb, allowed=[]) from None


def steps_from(state: State) -> tuple[Step, ...]:
    """Every step the state knows, in the order of `Step`."""
    return tuple(step for step in Step if (state, step) in MOVES)


def check_close(state: State, outcome: Outcome, *, delivered: bool, refused: bool) -> None:
    """Closing asks for a delivered result and a fitting outcome.

    On the spot (from triage) nothing is explained away or left unresolved; `explained` needs an
    approved refusal, and a refused matter is not called solved (C-26, domain.md §2.7).
    Raises NotDelivered, OutcomeNotAllowed.
    """
    if not delivered:
        raise NotDelivered(outcome=outcome.value)
    on_spot = state is State.TRIAGED and outcome in NEVER_ON_SPOT
    unfounded = outcome is Outcome.EXPLAINED and not refused
    embellished = refused and outcome in SOLVED
    if on_spot or unfounded or embellished:
        raise OutcomeNotAllowed(outcome=outcome.value, state=state.value)


def resolve_category(cause: Cause, *, several_units: bool) -> str:
    """Which row of the deadline matrix a case falls under."""
    if cause is Cause.HARD:
        return "hard_cross" if several_units else "hard_single"
    return cause.value
