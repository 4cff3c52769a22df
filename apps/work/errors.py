"""Why a piece of work, or a meeting, stays as it is."""

from bancheng.kernel.errors import Refusal


class StepNotAllowed(Refusal):
    """The state of this piece of work has no such step; `allowed` says what can be done now."""

    code = "work.step_not_allowed"


class CaseEnded(Refusal):
    """Nothing new is begun under a case that is closed."""

    code = "work.case_ended"


class ConsentMissing(Refusal):
    """Without the person's own consent nobody visits and nobody looks (个人信息保护法 29)."""

    code = "work.consent_missing"
    status = 422


class MandateMissing(Refusal):
    """Acting for somebody is voluntary and needs a mandate (domain.md §2.9)."""

    code = "work.mandate_missing"
    status = 422


class PlanOpen(Refusal):
    """Steps of the plan are neither done nor skipped; `open` are their numbers."""

    code = "work.plan_open"
    status = 422


class NotInPlan(Refusal):
    """The plan has no such open step."""

    code = "work.not_in_plan"
    status = 422


class PrimaryMissing(Refusal):
    """Only secondary material may be missing (安阳 24); `materials` are primary and absent."""

    code = "work.primary_missing"
    status = 422


class PromiseTooLong(Refusal):
    """The promised date is beyond what the rule allows; `most` are working days."""

    code = "work.promise_too_long"
    status = 422


class BadRecord(Refusal):
    """Not for somebody with unrepaired bad credit or a false promise (安阳 29)."""

    code = "work.bad_record"
    status = 422


class ExcludedArea(Refusal):
    """No promise replaces proof in this area (安阳 25)."""

    code = "work.excluded_area"
    status = 422


class NotMissing(Refusal):
    """This material was not among the missing, or it has arrived already."""

    code = "work.not_missing"
    status = 422


class NobodyAsked(Refusal):
    """A request needs somebody who is asked: a unit of this hall, or one outside by name."""

    code = "work.nobody_asked"
    status = 422


class OutOfMeeting(Refusal):
    """The meeting has not come so far, or is over; `allowed` says what can be done now."""

    code = "meetings.step_not_allowed"


class NotPresent(Refusal):
    """Only a unit that was present gives its opinion and signs (深圳龙岗 2005)."""

    code = "meetings.not_present"
    status = 422


class NothingToSign(Refusal):
    """There are no minutes yet, or this unit has signed them."""

    code = "meetings.nothing_to_sign"


class SignatureMissing(Refusal):
    """Minutes are issued when every unit that was present has signed; `units` have not."""

    code = "meetings.signature_missing"
    status = 422


class NotAgreed(Refusal):
    """Units disagree: a special meeting is asked of the leader in charge first (深圳龙岗 2005)."""

    code = "meetings.not_agreed"
    status = 422


class NoAgenda(Refusal):
    """A meeting is proposed about at least one open case that the proposer sees."""

    code = "meetings.no_agenda"
    status = 422
