"""Why oversight says no."""

from bancheng.kernel.errors import Refusal


class NotAppealable(Refusal):
    """Only a card that counts against somebody, and was not appealed before, can be appealed."""

    code = "oversight.not_appealable"


class AppealTooLate(Refusal):
    """The days for an appeal are over; `days`."""

    code = "oversight.appeal_too_late"


class NotAppealed(Refusal):
    """There is no open appeal to decide."""

    code = "oversight.not_appealed"


class NotYourDecision(Refusal):
    """Who appealed, or whose card it is, does not decide (§3.6)."""

    code = "oversight.not_your_decision"
    status = 403


class CaseIsOver(Refusal):
    """A closed case is neither urged nor supervised: reopen it first."""

    code = "oversight.case_is_over"


class UrgedToday(Refusal):
    """A case is urged once a working day (§2.5)."""

    code = "oversight.urged_today"


class AlreadySupervised(Refusal):
    """One supervision order at a time about a case; answer or close the open one."""

    code = "oversight.already_supervised"


class OrderNotOpen(Refusal):
    """The order is in another state; `state`."""

    code = "oversight.order_not_open"


class OnDutyTwice(Refusal):
    """The post already has this duty on that part of the day."""

    code = "oversight.on_duty_twice"


class DutyIsPast(Refusal):
    """The roster of past days is a record; only its diary goes on."""

    code = "oversight.duty_is_past"


class AlreadyJudged(Refusal):
    """Somebody judged this before; `state`."""

    code = "oversight.already_judged"
