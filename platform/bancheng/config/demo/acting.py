"""One step of a script, done by the service that does it for people."""

from collections.abc import Mapping

from apps.cases.accountability.kept import ClosingFile
from apps.cases.details import Remedy
from apps.cases.services import (
    answering,
    closing,
    dispatching,
    handling,
    refusing,
    triage,
)
from bancheng.config.demo import steps
from bancheng.config.demo.content import Label
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.where import Where
from bancheng.kernel.actor import Actor

Labels = Mapping[str, Label]


def act(step: steps.Step, at: Where, opened: OpenHall, remedies: Labels) -> None:
    """Take one step of a case; `remedies` word the bodies a refusal names."""
    case, version, by = at.case_id, at.version, at.by
    match step:
        case steps.Triage():
            finding = triage.Finding(
                step.should_do,
                step.can_do,
                step.cause,
                step.blocking_reason,
                step.difficulty,
                step.note,
            )
            triage.triage(case_id=case, version=version, finding=finding, by=by)
        case steps.Dispatch():
            dispatching.dispatch(
                case_id=case,
                version=version,
                lead_unit=opened.departments[step.lead_unit],
                assist_units=[opened.departments[code] for code in step.assist_units],
                category="",
                note=step.note,
                by=by,
            )
        case steps.Return():
            suggested = opened.departments.get(step.suggest_unit or "")
            dispatching.return_(
                case_id=case,
                version=version,
                reason_code=step.reason_code,
                note=step.note,
                suggest_unit=suggested,
                by=by,
            )
        case _:
            _answer(step, at, opened, remedies)


def _answer(step: steps.Step, at: Where, opened: OpenHall, remedies: Labels) -> None:
    case, version, by = at.case_id, at.version, at.by
    match step:
        case steps.Sign():
            handling.sign(case_id=case, version=version, by=by)
        case steps.Contact():
            handling.contact(
                case_id=case,
                version=version,
                method=step.method,
                result=step.result,
                note=step.note,
                by=by,
            )
        case steps.Reply():
            reply = handling.Reply(step.answer, step.solved, step.outcome, step.legal_basis or "")
            handling.reply(case_id=case, version=version, given=reply, by=by)
        case steps.Review():
            handling.review(
                case_id=case, version=version, decision=step.decision, note=step.note, by=by
            )
        case steps.Deliver():
            answering.deliver(
                case_id=case, version=version, method=step.method, text=step.text, by=by
            )
        case _:
            _end(step, at, opened, remedies)


def _end(step: steps.Step, at: Where, opened: OpenHall, remedies: Labels) -> None:
    case, version, by = at.case_id, at.version, at.by
    match step:
        case steps.Refusal():
            approver = opened.holder(step.approver)
            refusing.propose(
                case_id=case,
                version=version,
                proposal=_proposal(step, approver, remedies),
                by=by,
            )
        case steps.RefusalApproval():
            refusing.decide(
                case_id=case, version=version, decision=step.decision, note=step.note, by=by
            )
        case steps.Callback():
            said = answering.Callback(
                step.result, step.satisfaction, step.note, step.outcome, _file(step)
            )
            answering.call_back(case_id=case, version=version, given=said, by=by)
        case steps.Reopen():
            closing.reopen(case_id=case, version=version, reason=step.reason, by=by)
        case steps.Close():
            spot = step.on_spot
            closing.close(
                case_id=case,
                version=version,
                outcome=step.outcome,
                note=step.note,
                on_spot=closing.OnSpot(spot.method, spot.text) if spot else None,
                by=by,
                file=_file(step),
            )


def _file(step: steps.Callback | steps.Close) -> ClosingFile:
    """The closing checklist of a script: its own note is the proof that it speaks of."""
    return ClosingFile(proof=step.note, received=step.note, tools=step.tools, knowledge="no")


def _proposal(step: steps.Refusal, approver: Actor, remedies: Labels) -> refusing.Proposal:
    assert approver.post_id is not None
    return refusing.Proposal(
        legal_basis=step.legal_basis,
        explanation=step.explanation,
        approver=approver.post_id,
        remedy=Remedy(
            remedies[step.remedy.review_body].zh_cn,
            remedies[step.remedy.litigation_court].zh_cn,
        ),
        materials_needed=step.materials_needed or "",
    )
