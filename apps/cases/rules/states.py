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
