"""Why a case stays as it is."""

from bancheng.kernel.errors import Refusal


class StepNotAllowed(Refusal):
    """The case's state has no such step; `allowed` lists what this person can do now."""

    code = "cases.step_not_allowed"


class NoVeto(Refusal):
    """A refusal needs basis, explanation, approval by somebody else and remedies (C-26)."""

    code = "cases.no_veto"
    status = 422


class ApproverNotAllowed(Refusal):
    """The approver is the proposer, or holds no role that approves refusals."""

    code = "cases.approver_not_allowed"
    status = 422


class NotYourApproval(Refusal):
    """Somebody else was asked to approve this refusal."""

    code = "cases.not_your_approval"
    status = 403


class CallbackByHandler(Refusal):
    """Who handled the case does not call back about it (domain.md §2.7 item 6)."""

    code = "cases.callback_by_handler"
    status = 422


class ReopenLimit(Refusal):
    """The case was reopened as often as the policy allows; it has to go up."""

    code = "cases.reopen_limit"


class NotDelivered(Refusal):
    """Closing without a delivered result is impossible (domain.md §2.7 item 2)."""

    code = "cases.not_delivered"
    status = 422


class OutcomeNotAllowed(Refusal):
    """This outcome cannot end a case that went this way."""

    code = "cases.outcome_not_allowed"
    status = 422


class NoHigherHall(Refusal):
    """There is no hall to refer to in this direction."""

    code = "halls.no_higher_hall"
    status = 422


class CaseExists(Refusal):
    """The reception already became a case."""

    code = "cases.reception_has_case"


class RevealLimit(Refusal):
    """Thirty unmasked fields an hour for one person (security.md §4.2)."""

    code = "cases.reveal_limit"
    status = 429


class NothingToReveal(Refusal):
    """The field was never given, or did not travel with the referral."""

    code = "cases.nothing_to_reveal"
    status = 422
