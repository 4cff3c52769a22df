"""Playing the scripted cases through the real services, step by step, at their own times."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from apps.cases import queries as cases
from apps.cases import tracking
from apps.cases.details import Remedy
from apps.cases.rules import ReceptionOutcome
from apps.cases.services import (
    answering,
    closing,
    dispatching,
    handling,
    receiving,
    referring,
    refusing,
    registration,
    triage,
)
from bancheng.city.exchange import queries as exchange
from bancheng.config.demo import steps
from bancheng.config.demo.content import CaseScript, DemoContent, ReceptionScript
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.times import Timetable
from bancheng.kernel import clock, poke
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import hall
from bancheng.services.outbox import queue as outbox


@dataclass(slots=True)
class Play:
    """How far a script is: its case in each hall that has one, and the letters on their way."""

    script: CaseScript
    cases: dict[str, UUID] = field(default_factory=dict)
    letters: dict[str, UUID] = field(default_factory=dict)
    tracking: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One thing to do at one instant; `order` keeps a script's own sequence."""

    at: datetime
    order: int
    do: Callable[[], None] = field(compare=False)


@dataclass(slots=True)
class Stage:
    """The opened city in which scripts are played."""

    content: DemoContent
    halls: Mapping[str, OpenHall]
    times: Timetable

    def turns(self, scripts: Iterable[CaseScript]) -> list[Turn]:
        """All scripts' turns in the order of time."""
        return sorted(turn for script in scripts for turn in self._turns_of(Play(script)))

    def receptions(self, scripts: Iterable[ReceptionScript]) -> list[Turn]:
        """Visits without a case."""
        return [
            Turn(self.times.at(one.ago, one.minute), 0, self._reception(one)) for one in scripts
        ]

    def _turns_of(self, play: Play) -> Iterator[Turn]:
        script = play.script
        begin = self.times.at(script.ago, script.minute)
        yield Turn(begin, 0, lambda: self._register(play))
        for number, step in enumerate(script.steps, start=1):
            at = max(begin, self.times.at(script.ago - step.day, step.minute))
            yield Turn(at, number, lambda step=step: self._step(play, step))  # type: ignore[misc]

    def _reception(self, one: ReceptionScript) -> Callable[[], None]:
        def receive() -> None:
            opened = self.halls[one.hall]
            tried = {"yes": True, "no": False}.get(one.ordinary_window_tried)
            with hall(opened.ref):
                registration.receive(
                    registration.NewReception(
                        matter=one.matter,
                        applicant_kind=one.applicant_kind,
                        outcome=one.outcome,
                        service_item=one.item or "",
                        tried_windows=[{"name": t.name, "result": t.result} for t in one.tried],
                        visit_count=max(1, one.visit_count),
                        ordinary_window_tried=tried,
                        exemption=one.exemption or "",
                        reason_code=one.reason_code or "",
                        right_channel=one.right_channel or "",
                    ),
                    by=opened.holder(Role.DESK_OFFICER),
                )

        return receive

    def _register(self, play: Play) -> None:
        script = play.script
        opened = self.halls[script.hall]
        officer = opened.holder(Role.DESK_OFFICER)
        tried = [{"name": t.name, "result": t.result} for t in script.tried]
        with hall(opened.ref):
            reception = registration.receive(
                registration.NewReception(
                    matter=script.title,
                    applicant_kind=script.applicant.kind,
                    outcome=ReceptionOutcome.REGISTERED,
                    service_item=script.item,
                    tried_windows=tried,
                    visit_count=script.visit_count,
                    ordinary_window_tried=bool(tried) or None,
                    pushed_from=script.pushed_from or "",
                ),
                by=officer,
            )
            made = registration.register(self._new_case(script, reception.id), by=officer)
        play.cases[script.hall], play.tracking = made.id, tracking.first_code(made.id)

    def _new_case(self, script: CaseScript, reception: UUID) -> registration.NewCase:
        who = script.applicant
        return registration.NewCase(
            reception=reception,
            title=script.title,
            detail=script.detail,
            want=script.want,
            applicant=registration.NewApplicant(
                kind=who.kind,
                relation=who.relation,
                name=who.name,
                phone=who.phone,
                id_number=who.id_number,
                enterprise_name=who.enterprise_name or "",
            ),
            service_item=script.item,
            blocked_stage=script.blocked_stage,
            visit_count=script.visit_count,
            pushed_from=script.pushed_from or "",
            urgency=script.urgency,
            confidential=script.confidential,
            wanted_by=self._wanted_by(script),
        )

    def _wanted_by(self, script: CaseScript) -> date | None:
        if script.wanted_in is None:
            return None
        return self.times.days[max(0, script.ago - script.wanted_in)]

    def _step(self, play: Play, step: steps.Step) -> None:
        slug = step.hall or play.script.hall
        opened = self.halls[slug]
        with hall(opened.ref):
            self._deliver_mail()
            if isinstance(step, steps.ReferralAccept | steps.ReferralReturn):
                self._decide(play, step, slug, opened)
            else:
                self._move(play, step, slug, opened)
            self._deliver_mail()

    def _deliver_mail(self) -> None:
        """What a poke would have done at once."""
        outbox.drain()

    def _decide(self, play: Play, step: steps.Step, slug: str, opened: OpenHall) -> None:
        letter, by = play.letters[slug], opened.holder(step.role)
        version = exchange.letter(letter).version
        if isinstance(step, steps.ReferralAccept):
            case = receiving.accept(letter_id=letter, version=version, note=step.note, by=by)
            play.cases[slug] = case.id
        elif isinstance(step, steps.ReferralReturn):
            receiving.return_(
                letter_id=letter,
                version=version,
                reason_code=step.reason_code,
                note=step.note,
                by=by,
            )

    def _move(self, play: Play, step: steps.Step, slug: str, opened: OpenHall) -> None:
        case_id = play.cases[slug]
        at = Where(case_id, cases.standing(case_id).version, self._actor(case_id, step, opened))
        if isinstance(step, steps.Referral):
            target = self.halls[step.to]
            sent = referring.refer_upward(
                case_id=at.case_id,
                version=at.version,
                given=referring.Referral(
                    reason=step.reason,
                    purpose=step.purpose,
                    need_contact=step.need_contact,
                    legal_basis=step.legal_basis or "",
                    to_hall=target.ref.id,
                ),
                by=at.by,
            )
            play.letters[step.to] = sent.letter_id
        else:
            self._act(step, at, opened)

    def _actor(self, case_id: UUID, step: steps.Step, opened: OpenHall) -> Actor:
        """Department steps are taken by the leading unit's own people."""
        if step.role in (Role.DEPT_HANDLER, Role.DEPT_LEAD):
            unit = cases.standing(case_id).lead_unit
            for code, department_id in opened.departments.items():
                if department_id == unit:
                    return opened.holder(step.role, code)
        return opened.holder(step.role)

    def _act(self, step: steps.Step, at: "Where", opened: OpenHall) -> None:
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
                self._answer(step, at, opened)

    def _answer(self, step: steps.Step, at: "Where", opened: OpenHall) -> None:
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
                reply = handling.Reply(
                    step.answer, step.solved, step.outcome, step.legal_basis or ""
                )
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
                self._end(step, at, opened)

    def _end(self, step: steps.Step, at: "Where", opened: OpenHall) -> None:
        case, version, by = at.case_id, at.version, at.by
        match step:
            case steps.Refusal():
                approver = opened.holder(step.approver)
                refusing.propose(
                    case_id=case,
                    version=version,
                    proposal=self._proposal(step, approver),
                    by=by,
                )
            case steps.RefusalApproval():
                refusing.decide(
                    case_id=case, version=version, decision=step.decision, note=step.note, by=by
                )
            case steps.Callback():
                said = answering.Callback(step.result, step.satisfaction, step.note, step.outcome)
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
                )

    def _proposal(self, step: steps.Refusal, approver: Actor) -> refusing.Proposal:
        remedies = self.content.catalogue["remedies"]
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


@dataclass(frozen=True, slots=True)
class Where:
    """The case a step is taken on, the version it is taken at, and by whom."""

    case_id: UUID
    version: int
    by: Actor


def play(turns: Iterable[Turn], progress: Callable[[], None] = lambda: None) -> None:
    """Take the turns, each at its own time."""
    with poke.quiet():
        for turn in turns:
            with clock.frozen(turn.at):
                turn.do()
            progress()
