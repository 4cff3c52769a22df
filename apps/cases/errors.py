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


class AlreadyReferred(Refusal):
    """Another hall knows of this case, so it cannot be sealed: open a file beside it (C-13)."""

    code = "cases.already_referred"


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


class ReservedToArbiter(Refusal):
    """Given back or begun again too often: an arbiter decides who handles it (C-68); `roles`."""

    code = "cases.reserved_to_arbiter"


class DesignatedUnit(Refusal):
    """The unit was designated by an arbiter: it handles the case or reports up (§2.5)."""

    code = "cases.designated_unit"


class ReturnTooLate(Refusal):
    """The `hours` in which a unit may give a case back are over (安阳 art. 50)."""

    code = "cases.return_too_late"


class HandOverPending(Refusal):
    """A hand-over already waits for its answer."""

    code = "cases.hand_over_pending"


class NotYours(Refusal):
    """Somebody else is accountable for this case (C-61)."""

    code = "cases.not_yours"
    status = 403


class NotAsked(Refusal):
    """Nothing was asked of this person here, or it has been answered."""

    code = "cases.not_asked"
    status = 403


class PostNotAllowed(Refusal):
    """That post cannot be asked: unknown, oneself, without the right, or blind to the case."""

    code = "cases.post_not_allowed"
    status = 422


class AppealPending(Refusal):
    """A re-examination of this result is under way (C-60)."""

    code = "cases.appeal_pending"


class AppealTooLate(Refusal):
    """The days in which a re-examination can be asked for are over; `until`. Review and court stay
    open as long as the law says (§3.9)."""

    code = "cases.appeal_too_late"


class AppealLimit(Refusal):
    """This result was re-examined before; review and court are the next ways (§3.9)."""

    code = "cases.appeal_limit"


class NotIndependent(Refusal):
    """Who took part in the result does not re-examine it (C-60)."""

    code = "cases.not_independent"
    status = 403


class UnknownBasis(Refusal):
    """No such article in the network's regulations: a refusal needs one (C-11)."""

    code = "cases.unknown_basis"
    status = 422


class NotPlain(Refusal):
    """The explanation is too short, or is the statute's text again (C-87); `least`."""

    code = "cases.not_plain"
    status = 422


class UndoOver(Refusal):
    """Only who dispatched or closed takes that back, within `seconds`, while nothing has come of
    it."""

    code = "cases.undo_over"


class ClosingIncomplete(Refusal):
    """The checklist is not complete; `missing` names its items (domain.md §2.7)."""

    code = "cases.closing_incomplete"
    status = 422


class ToolUnknown(Refusal):
    """A resolution tool that is not in use here; `tools` (C-78)."""

    code = "cases.tool_unknown"
    status = 422
