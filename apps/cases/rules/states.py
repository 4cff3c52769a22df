"""Where a case can stand, and what moves it (domain.md §2.3)."""

from enum import StrEnum


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
    """What moves a case. Steps with a decision are two: one for each answer; taking back is one for
    each state it leads back to."""

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
    CAUSE_CHANGE = "cause-change"
    MERGE = "merge"
    DESIGNATE = "designate"
    ASSIST_SIGN = "assist_sign"
    ASSIST_REPLY = "assist_reply"
    HAND_OVER = "hand_over"
    HAND_OVER_ANSWER = "hand_over_answer"
    REPORT_UP = "report_up"
    REPORT_UP_ANSWER = "report_up_answer"
    EXPLANATION = "explanation"
    APPEAL = "appeal"
    APPEAL_UPHOLD = "appeal_uphold"
    APPEAL_CHANGE = "appeal_change"
    PAUSE = "pause"
    RESUME = "resume"
    EXTENSION = "extension"
    EXTENSION_GRANT = "extension_grant"
    EXTENSION_REFUSE = "extension_refuse"
    UNDO_TRIAGED = "undo_triaged"
    UNDO_RETURNED = "undo_returned"
    UNDO_DELIVERED = "undo_delivered"
    UNDO_CALLED_BACK = "undo_called_back"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_RETURNED = "referral_returned"
    REFERRAL_ANSWERED = "referral_answered"
    REFERRAL_CLOSED = "referral_closed"
    SENDER_CLOSED = "sender_closed"

    @property
    def verb(self) -> str:
        """The address of the step and the kind of its event: one for both answers."""
        return _VERBS.get(self, self.value)


_VERBS = {
    Step.REVIEW_PASS: "review",
    Step.REVIEW_REJECT: "review",
    Step.REFUSAL_APPROVE: "refusal-approval",
    Step.REFUSAL_REJECT: "refusal-approval",
    Step.ASSIST_SIGN: "assist-sign",
    Step.ASSIST_REPLY: "assist-reply",
    Step.HAND_OVER: "hand-over",
    Step.HAND_OVER_ANSWER: "hand-over-answer",
    Step.REPORT_UP: "report-up",
    Step.REPORT_UP_ANSWER: "report-up-answer",
    Step.EXTENSION_GRANT: "extension-decision",
    Step.EXTENSION_REFUSE: "extension-decision",
    Step.APPEAL_UPHOLD: "appeal-answer",
    Step.APPEAL_CHANGE: "appeal-answer",
    Step.UNDO_TRIAGED: "undo",
    Step.UNDO_RETURNED: "undo",
    Step.UNDO_DELIVERED: "undo",
    Step.UNDO_CALLED_BACK: "undo",
}

BY_THE_OTHER_HALL = frozenset(
    {
        Step.REFERRAL_ACCEPTED,
        Step.REFERRAL_RETURNED,
        Step.REFERRAL_ANSWERED,
        Step.REFERRAL_CLOSED,
        Step.SENDER_CLOSED,
    }
)

TAKING_BACK = frozenset(
    {Step.UNDO_TRIAGED, Step.UNDO_RETURNED, Step.UNDO_DELIVERED, Step.UNDO_CALLED_BACK}
)

STEPS_OF_PEOPLE = list(dict.fromkeys(s.verb for s in Step if s not in BY_THE_OTHER_HALL))
