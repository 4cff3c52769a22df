"""The codes a case is described with (domain.md §2.2, §2.4, §2.7)."""

from enum import StrEnum


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
    ON_SPOT = "on_spot"
    MERGED = "merged"


class Stage(StrEnum):
    """A part of the way with its own clock and owner (domain.md §2.2)."""

    DISPATCH = "dispatch"
    SIGN = "sign"
    CONTACT = "contact"
    RESOLVE = "resolve"
    REFERRAL_ACCEPT = "referral_accept"
    CALLBACK = "callback"
    ASSIST_SIGN = "assist_sign"
    ASSIST_REPLY = "assist_reply"
    RETURN_DECISION = "return_decision"
    APPEAL = "appeal"
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
    RECTIFY = "rectify"
    SUPERVISE = "supervise"
    CONDUCT_VERIFY = "conduct_verify"


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
