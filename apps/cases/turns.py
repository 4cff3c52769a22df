"""Whose turn a step is: what depends on this case, beside role and unit."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from apps.cases import way_back
from apps.cases.accountability import limits
from apps.cases.accountability.kept import Request, meant_for, open_requests
from apps.cases.errors import (
    AppealPending,
    CallbackByHandler,
    DesignatedUnit,
    HandOverPending,
    NotAsked,
    NotIndependent,
    NotYourApproval,
    NotYours,
    ReservedToArbiter,
    ReturnTooLate,
    StepNotAllowed,
)
from apps.cases.models import Case
from apps.cases.rules import TAKING_BACK, Outcome, State, Step
from apps.cases.timekeeping import turns as time_turns
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, Refusal

DESK = frozenset({Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.HALL_ADMIN})
_MANAGERS = (Role.SHIFT_LEAD, Role.HALL_ADMIN)
_Turn = Callable[[Actor, Case], Refusal | None]


def denied(by: Actor, case: Case, step: Step) -> Refusal | None:
    """Why this person cannot take this step of this case now; None when nothing stands against
    it. Role, unit and state are asked elsewhere."""
    if step in TAKING_BACK:
        return way_back.denied(by, case, step)
    turn = _TURNS.get(step)
    return turn(by, case) if turn else None


def reserved(case: Case) -> bool:
    """Whether only an arbiter decides who handles the case: it was given back too often, or
    begun again too often (C-68, §2.3 提级)."""
    return case.escalated or case.return_count >= limits.returns_before_arbiter()


def _approval(by: Actor, case: Case) -> Refusal | None:
    asked = (case.refusal or {}).get("approver", {}).get("id")
    return None if asked == str(by.post_id) else NotYourApproval()


def _callback(by: Actor, case: Case) -> Refusal | None:
    """Neither the handler nor anybody of the handling unit (§2.7 item 6)."""
    handler = case.handler_post is not None and by.post_id == case.handler_post
    unit = case.handler_unit is not None and by.department_id == case.handler_unit
    return CallbackByHandler() if handler or unit else None


def _close(by: Actor, case: Case) -> Refusal | None:
    """Not while the person waits for the result to be examined again (C-60)."""
    if open_requests(case.asked, Request.APPEAL):
        return AppealPending()
    if by.has_role(*DESK) or case.state == State.TRIAGED:
        return None
    return Forbidden(permission="cases.close")


def _reopen(by: Actor, case: Case) -> Refusal | None:
    """A case that became part of another one is taken out of it again, not begun anew (§2.1). While
    the person waits for the result to be examined, that is answered first (C-60)."""
    if open_requests(case.asked, Request.APPEAL):
        return AppealPending()
    return _not_from(case, Step.REOPEN) if case.outcome == Outcome.MERGED else None


def _not_from(case: Case, step: Step) -> Refusal:
    return StepNotAllowed(state=case.state, step=step.verb, allowed=[])


def _dispatch(by: Actor, case: Case) -> Refusal | None:
    if not reserved(case):
        return None
    return ReservedToArbiter(returns=case.return_count, roles=sorted(limits.arbiters()))


def _designate(by: Actor, case: Case) -> Refusal | None:
    arbiter = reserved(case) and not by.roles.isdisjoint(limits.arbiters())
    return None if arbiter else Forbidden(permission="cases.designate")


def _return(by: Actor, case: Case) -> Refusal | None:
    """Within a day, and never by a unit that was designated (§2.5)."""
    if case.designated:
        return DesignatedUnit()
    hours, since = limits.return_hours(), case.dispatched_at
    late = since is not None and clock.now() > since + timedelta(hours=hours)
    return ReturnTooLate(hours=hours) if late else None


def _assist_sign(by: Actor, case: Case) -> Refusal | None:
    mine = _assisting(by, case)
    return NotAsked() if mine is None or mine.get("signed_at") else None


def _assist_reply(by: Actor, case: Case) -> Refusal | None:
    mine = _assisting(by, case)
    return NotAsked() if mine is None or mine.get("replied_at") else None


def _assisting(by: Actor, case: Case) -> dict[str, object] | None:
    units = (unit for unit in case.assist_units if unit["id"] == str(by.department_id))
    return next(units, None)


def _hand_over(by: Actor, case: Case) -> Refusal | None:
    """By who is accountable; by a manager when that person is away (C-61)."""
    if open_requests(case.asked, Request.HAND_OVER):
        return HandOverPending()
    mine = case.first_responder_post in (by.post_id, None)
    return None if mine or by.has_role(*_MANAGERS) else NotYours()


def _hand_over_answer(by: Actor, case: Case) -> Refusal | None:
    return _asked_of(by, case, Request.HAND_OVER)


def _report_up_answer(by: Actor, case: Case) -> Refusal | None:
    return _asked_of(by, case, Request.REPORT_UP)


def _asked_of(by: Actor, case: Case, kind: Request) -> Refusal | None:
    mine = any(meant_for(one, by.post_id) for one in open_requests(case.asked, kind))
    return None if mine else NotAsked()


def _appeal(by: Actor, case: Case) -> Refusal | None:
    """Against a result, and a case without one (merged) has none."""
    if case.delivered_at is None:
        return _not_from(case, Step.APPEAL)
    return AppealPending() if open_requests(case.asked, Request.APPEAL) else None


def _appeal_answer(by: Actor, case: Case) -> Refusal | None:
    """By somebody who had no part in it before (C-60)."""
    pending = open_requests(case.asked, Request.APPEAL)
    if not pending:
        return NotAsked()
    return NotIndependent() if str(by.post_id) in pending[0]["parties"] else None


def _explanation(by: Actor, case: Case) -> Refusal | None:
    """By the desk, or by the unit that leads the case."""
    ours = by.department_id is None or by.department_id == case.lead_unit
    return None if ours else Forbidden(permission="cases.explanation")


_TURNS: Mapping[Step, _Turn] = {
    Step.REFUSAL_APPROVE: _approval,
    Step.REFUSAL_REJECT: _approval,
    Step.CALLBACK: _callback,
    Step.CLOSE: _close,
    Step.REOPEN: _reopen,
    Step.DISPATCH: _dispatch,
    Step.DESIGNATE: _designate,
    Step.RETURN: _return,
    Step.ASSIST_SIGN: _assist_sign,
    Step.ASSIST_REPLY: _assist_reply,
    Step.HAND_OVER: _hand_over,
    Step.HAND_OVER_ANSWER: _hand_over_answer,
    Step.REPORT_UP_ANSWER: _report_up_answer,
    Step.APPEAL: _appeal,
    Step.APPEAL_UPHOLD: _appeal_answer,
    Step.APPEAL_CHANGE: _appeal_answer,
    Step.EXPLANATION: _explanation,
    **time_turns.TURNS,
}
