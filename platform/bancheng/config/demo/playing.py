"""Playing the scripted cases through the real services, step by step, at their own times."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from apps.cases import queries as cases
from apps.cases import tracking
from apps.cases.intake.details import Authority, Told
from apps.cases.rules import ReceptionOutcome, Urgency
from apps.cases.services import (
    receiving,
    referring,
    registration,
)
from bancheng.city.catalogue import desk_codes
from bancheng.city.exchange import queries as exchange
from bancheng.config.demo import acting, acting_beside, acting_conduct, beside, filing, steps
from bancheng.config.demo.acting_beside import Threads
from bancheng.config.demo.content import CaseScript, DemoContent, ReceptionScript
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.times import Timetable
from bancheng.config.demo.where import Where
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
    threads: dict[str, Threads] = field(default_factory=dict)


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
    known: dict[int, UUID] = field(default_factory=dict)

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
        self.known[script.case] = made.id

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
                agent=_agent(who.relation, who.phone),
            ),
            service_item=script.item,
            blocked_stage=_STAGES.get(script.blocked_stage, script.blocked_stage),
            visit_count=script.visit_count,
            pushed_from=script.pushed_from or "",
            urgency=script.urgency,
            confidential=script.confidential,
            wanted_by=self._wanted_by(script),
            told=_told(script),
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
        if isinstance(step, beside.ConductStep):
            at = Where(play.cases[play.script.hall], 0, opened.holder(step.role))
            return acting_conduct.act(step, at, opened, play.threads.get(slug, Threads()))
        case_id = play.cases[slug]
        at = Where(case_id, cases.standing(case_id).version, self._actor(case_id, step, opened))
        if isinstance(step, beside.Beside):
            self._beside(play, step, at, slug)
        elif isinstance(step, steps.Referral):
            target = self.halls[step.to]
            filing.file_along(case_id, at.by)
            sent = referring.refer_upward(
                case_id=at.case_id,
                version=cases.standing(case_id).version,
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
            acting.act(step, at, opened, self.content.catalogue["remedies"])

    def _beside(self, play: Play, step: beside.Beside, at: Where, slug: str) -> None:
        opened = self.halls[slug]
        threads = play.threads.setdefault(slug, Threads(cases=self.known))
        if isinstance(step, beside.ConductFile):
            acting_conduct.open_file(step, play.script, at, opened, threads)
        else:
            acting_beside.act(step, at, opened, threads)

    def _actor(self, case_id: UUID, step: steps.Step, opened: OpenHall) -> Actor:
        """Department steps are taken by the leading unit's own people, or those of `unit`."""
        if isinstance(step, beside.Beside) and step.unit:
            return opened.holder(step.role, step.unit)
        if step.role in (Role.DEPT_HANDLER, Role.DEPT_LEAD):
            unit = cases.standing(case_id).lead_unit
            for code, department_id in opened.departments.items():
                if department_id == unit:
                    return opened.holder(step.role, code)
        return opened.holder(step.role)


def play(turns: Iterable[Turn], progress: Callable[[], None] = lambda: None) -> None:
    """Take the turns, each at its own time."""
    with poke.quiet():
        for turn in turns:
            with clock.frozen(turn.at):
                turn.do()
            progress()


_STAGES = {label: code for code, label in desk_codes.BLOCKED_STAGES.items()}
_AGENTS = {"family": ("钟明远", "guardian"), "agent": ("蒋思齐", "power_of_attorney")}


def _agent(relation: str, phone: str) -> registration.Agent | None:
    """Who speaks for the person of a script, reached at the same number."""
    if relation not in _AGENTS:
        return None
    name, kind = _AGENTS[relation]
    return registration.Agent(name, phone, Authority(kind, "办理本件事项"))


def _told(script: CaseScript) -> Told:
    """What the person was told elsewhere, and why it is urgent."""
    words = "；".join(one.result for one in script.tried if one.result)
    urgent = "临近办理期限，当日处理" if script.urgency == Urgency.URGENT else ""
    return Told(told_reason=words, urgency_reason=urgent)
