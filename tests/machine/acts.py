"""The verbs as people use them: each act calls one service and tells the model what it expects."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.cases.details import Remedy
from apps.cases.intake.details import Judged
from apps.cases.rules import Answer, Cause, Difficulty, Outcome
from apps.cases.services import (
    answering,
    appealing,
    assisting,
    closing,
    dispatching,
    explaining,
    extending,
    handing_over,
    handling,
    merging,
    pausing,
    referring,
    refusing,
    reporting_up,
    triage,
    undoing,
)
from apps.cases.services.answering import Callback
from apps.cases.services.assisting import AssistReply
from apps.cases.services.closing import OnSpot
from apps.cases.services.handling import Reply
from apps.cases.services.pausing import NewPause
from apps.cases.services.referring import Referral
from apps.cases.services.refusing import Proposal
from apps.cases.services.triage import Finding
from bancheng.kernel.actor import Actor
from tests.machine.model import Model, Taken
from tests.support.cases import CLOSING, FINDING

LAW, WORDS = "XKF-38", "注册资本不足，可增资后再申请。"
CANNOT = Finding(Answer.NO, Answer.NO, Cause.CANNOT, "A1", Difficulty.SIMPLE, "不符合条件。")


@dataclass(frozen=True)
class Town:
    """Everybody by name, and the two units."""

    people: dict[str, Actor]
    unit: UUID
    unit_beside: UUID

    def post(self, who: str) -> UUID:
        found = self.people[who].post_id
        assert found is not None
        return found


@dataclass(frozen=True)
class Try:
    """One attempt: who, and which of a verb's ways (`flip`)."""

    town: Town
    model: Model
    who: str
    flip: bool = False
    stale: int = 0

    def call(self, service: Callable[..., Any], **given: Any) -> Any:
        version = self.model.version - self.stale
        actor = self.town.people[self.who]
        return service(case_id=self.model.case_id, version=version, by=actor, **given)

    def moved(self, state: str) -> Model:
        self.model.moved(state, self.who)
        return self.model


def _triage(one: Try) -> None:
    one.call(triage.triage, finding=CANNOT if one.flip else FINDING)
    one.moved("triaged")


def _give(one: Try, service: Callable[..., Any], *, designated: bool) -> None:
    units = {"lead_unit": one.town.unit, "assist_units": [one.town.unit_beside]}
    before = copy.deepcopy(one.model)
    one.call(service, **units, category="", note="")
    one.moved("dispatched").given_to(designated=designated)
    _taken(one, before)


def _taken(one: Try, before: Model) -> None:
    """Until the next step, and for some seconds, this one can be taken back."""
    one.model.taken = Taken(one.who, one.model.now, one.model.version, before)


def _undo(one: Try) -> None:
    taken, model = one.model.taken, one.model
    one.call(undoing.undo)
    assert taken is not None
    counted = (model.now, model.version + 1, model.seq + 1, model.part | {one.who})
    vars(model).update(vars(copy.deepcopy(taken.before)))
    model.now, model.version, model.seq, model.part = counted


def _dispatch(one: Try) -> None:
    _give(one, dispatching.dispatch, designated=False)


def _designate(one: Try) -> None:
    _give(one, dispatching.designate, designated=True)


def _return(one: Try) -> None:
    one.call(dispatching.return_, reason_code="not_our_duty", note="不属本科", suggest_unit=None)
    one.moved("returned").given_back()


def _sign(one: Try) -> None:
    one.call(handling.sign)
    one.moved("signed")


def _contact(one: Try) -> None:
    result = "no_answer" if one.flip else "reached"
    one.call(handling.contact, method="phone", result=result, note="")
    one.moved("in_progress")


def _reply(one: Try) -> None:
    outcome = Outcome.EXPLAINED if one.flip else Outcome.DONE
    one.call(handling.reply, given=Reply("已更正。", "yes", outcome))
    model = one.moved("replied")
    model.outcome, model.handler = outcome.value, one.who


def _review(one: Try) -> None:
    decision = "reject" if one.flip else "pass"
    one.call(handling.review, decision=decision, note="请补充")
    one.moved("in_progress" if one.flip else "reviewed")


def _refusal(one: Try) -> None:
    approver = "supervisor" if one.flip or one.who == "lead" else "lead"
    remedy = Remedy("区人民政府", "区人民法院")
    proposal = Proposal(LAW, WORDS, one.town.post(approver), remedy)
    one.call(refusing.propose, proposal=proposal)
    one.moved("refusal_proposed").approver = approver


def _decide(one: Try) -> None:
    one.call(refusing.decide, decision="reject" if one.flip else "approve", note="")
    model = one.moved("triaged" if one.flip else "refused")
    model.refused, model.approver = not one.flip, ""


def _deliver(one: Try) -> None:
    one.call(answering.deliver, method="sms", text="请来领取。")
    model = one.moved("delivered")
    model.delivered, model.appeals = True, 0


def _callback(one: Try) -> None:
    one.call(answering.call_back, given=Callback("unreachable" if one.flip else "solved", 5))
    model = one.moved("called_back")
    model.solved = model.solved if one.flip else True


def _close(one: Try) -> None:
    on_spot = one.model.state == "triaged"
    outcome = Outcome.EXPLAINED if one.model.refused else Outcome.DONE
    how = OnSpot("spoken_signed", "当场办结。") if on_spot else None
    before = copy.deepcopy(one.model)
    one.call(closing.close, outcome=outcome, note="", on_spot=how, file=CLOSING)
    model = one.moved("closed")
    model.handing_to, model.asked_up, model.opinion = "", [], None
    if on_spot:
        model.delivered, model.handler, model.appeals = True, one.who, 0
    if not before.opinion and not before.referrals:
        _taken(one, before)


def _reopen(one: Try) -> None:
    one.call(closing.reopen, reason="问题又出现")
    model = one.moved("triaged")
    model.escalated = model.reopened >= 2
    model.reopened += 1
    model.begun_again()


def _refer(one: Try) -> None:
    one.call(referring.refer_upward, given=Referral("权限在区级", "核实", False))
    one.moved("referred").referrals += 1


def _judge(one: Try) -> None:
    cause = Cause.CANNOT if one.flip else Cause.HARD
    given = Judged("yes", "no", cause, "B5" if one.flip else "B4")
    one.call(triage.change_cause, given=given, reason="核对后更正")
    one.moved(one.model.state)


def _merge(one: Try) -> None:
    one.call(merging.merge, into=one.model.other_id, note="同一事")
    before = one.model.state
    one.moved("closed").merged = before


def _assist_sign(one: Try) -> None:
    one.call(assisting.sign)
    model = one.moved(one.model.state)
    model.assisting = (model.assisting or set()) | {"signed"}


def _assist_reply(one: Try) -> None:
    one.call(assisting.reply, given=AssistReply("同意。", "agreed"))
    model = one.moved(one.model.state)
    model.assisting = (model.assisting or set()) | {"replied"}


def _hand_over(one: Try) -> None:
    to = "desk" if one.who == "lead" else "lead"
    one.call(handing_over.offer, to_post=one.town.post(to), reason="换班")
    one.moved(one.model.state).handing_to = to


def _hand_over_answer(one: Try) -> None:
    one.call(handing_over.answer, decision="decline" if one.flip else "accept", note="")
    model = one.moved(one.model.state)
    model.handing_to = ""
    model.responsible = model.responsible if one.flip else one.who


def _report(one: Try) -> None:
    to = "supervisor" if one.flip or one.who == "lead" else "lead"
    one.call(
        reporting_up.report_up, to_post=one.town.post(to), question="能否容缺？", wanted_by=None
    )
    one.moved(one.model.state).asked_up.append(to)


def _report_answer(one: Try) -> None:
    one.call(reporting_up.answer, request=None, decision="agree", note="可以")
    one.moved(one.model.state).asked_up.remove(one.who)


def _explain(one: Try) -> None:
    one.call(explaining.explain, legal_basis=LAW, words=WORDS, understood="yes")
    one.moved(one.model.state)


def _pause(one: Try) -> None:
    reason = "court" if one.flip else "applicant_material"
    one.call(pausing.pause, given=NewPause(reason, "电话告知"))
    one.moved(one.model.state).paused = True


def _resume(one: Try) -> None:
    one.call(pausing.resume, note="材料到了")
    one.moved(one.model.state).paused = False


def _extend(one: Try) -> None:
    one.call(extending.ask, days=2, reason="需外地核档")
    model = one.moved(one.model.state)
    model.extension, model.extended_by = "asked", one.who


def _extension(one: Try) -> None:
    one.call(extending.decide, decision="refuse" if one.flip else "approve", note="确有必要")
    one.moved(one.model.state).extension = "decided"


def _appeal(one: Try) -> None:
    parties = frozenset(one.model.part)
    one.call(appealing.appeal, grounds="没有解决")
    took_part = one.who in parties
    model = one.moved(one.model.state)
    model.appealed, model.appeals = parties, model.appeals + 1
    if not took_part:
        model.part.discard(one.who)


def _examine(one: Try) -> None:
    one.call(appealing.answer, decision="change" if one.flip else "uphold", note="复核")
    model = one.moved("triaged" if one.flip else one.model.state)
    model.appealed = None
    if one.flip:
        model.begun_again()


ACTS: dict[str, Callable[[Try], None]] = {
    "triage": _triage,
    "dispatch": _dispatch,
    "designate": _designate,
    "return": _return,
    "sign": _sign,
    "contact": _contact,
    "reply": _reply,
    "review": _review,
    "refusal": _refusal,
    "refusal-approval": _decide,
    "deliver": _deliver,
    "callback": _callback,
    "close": _close,
    "reopen": _reopen,
    "referrals": _refer,
    "cause-change": _judge,
    "merge": _merge,
    "assist-sign": _assist_sign,
    "assist-reply": _assist_reply,
    "hand-over": _hand_over,
    "hand-over-answer": _hand_over_answer,
    "report-up": _report,
    "report-up-answer": _report_answer,
    "explanation": _explain,
    "pause": _pause,
    "resume": _resume,
    "extension": _extend,
    "extension-decision": _extension,
    "appeal": _appeal,
    "appeal-answer": _examine,
    "undo": _undo,
}
