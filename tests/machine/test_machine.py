"""A case under anything that its people may do to it, in any order (domain.md §2.3–§2.9).

Each example begins at one of a few places on the way and takes steps at random: mostly such as the
model allows, sometimes by anybody. What is allowed happens, as the model says; what is not is
refused and changes nothing; and after each step all records agree (`checks`).
"""

import copy
import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from apps.cases.errors import (
    AppealLimit,
    AppealTooLate,
    ClosingIncomplete,
    NoVeto,
    ReopenLimit,
)
from apps.cases.intake.errors import CannotMerge, UndoTooLate, WorkUnderWay
from apps.cases.services import merging, pausing
from apps.cases.services.sealing import Accusation
from apps.cases.timekeeping.errors import ExtensionLate, PauseLimit
from apps.conduct.services import opening as conduct
from apps.work.models import WorkItem
from apps.work.services import sweeping
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import ZONE, frozen
from bancheng.kernel.errors import Invalid, NotFound, Refusal
from bancheng.kernel.hall import HallRef, hall
from tests.machine import checks
from tests.machine.acts import ACTS, Town, Try
from tests.machine.model import ANYBODY, COUNTER, DESK, PEOPLE, Model
from tests.support import people
from tests.support.cases import Team
from tests.support.work import begin, take

pytestmark = pytest.mark.django_db
PHASES = [Phase.generate, *([] if os.environ.get("BANCHENG_MACHINE_FAST") else [Phase.shrink])]
EXAMPLES = int(os.environ.get("BANCHENG_MACHINE_EXAMPLES", "300"))
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)
WAYS = {
    "registered": "",
    "triaged": "desk:triage",
    "in_progress": "desk:triage desk:dispatch handler:sign handler:contact",
    "given_back": "desk:triage desk:dispatch head:return desk:dispatch head:return desk:dispatch",
    "called_back": "desk:triage desk:dispatch handler:sign handler:contact handler:reply "
    "desk:review desk:deliver lead:callback",
    "refused": "desk:triage desk:refusal lead:refusal-approval",
}
"""How the case comes to where an example begins."""
FITTING: dict[str, tuple[type[Refusal], ...]] = {
    "pause": (PauseLimit,),
    "extension": (ExtensionLate,),
    "appeal": (AppealTooLate, AppealLimit),
    "cause-change": (Invalid,),
}
"""What may still stand against an allowed step: days that are over, nothing that changes."""
PROMISED = {
    "materials": [
        {"name": "申请表", "primary": True, "present": True},
        {"name": "单位证明", "primary": False, "present": False},
    ],
    "days": 5,
    "promised_by": "self",
    "told_consequence": True,
}


def hindered(model: Model, verb: str, *, flip: bool) -> tuple[type[Refusal], ...]:
    """What has to stand against an allowed step because of what it says or of what is open."""
    called = model.state == "called_back"
    if verb == "review" and not flip and model.outcome == "explained":
        return (NoVeto,)
    if verb == "close" and (model.promise or (called and model.solved is None)):
        return (ClosingIncomplete,)
    if verb == "merge" and (model.paused or model.promise):
        return (CannotMerge,) if model.paused else (WorkUnderWay,)
    if verb == "reopen" and model.escalated:
        return (ReopenLimit,)
    return (AppealLimit, AppealTooLate) if verb == "appeal" and model.appeals else ()


class Place:
    """Where all examples begin: one hall, its people, a case at each place of the way."""

    def __init__(self, ref: HallRef) -> None:
        self.ref, team = ref, Team(ref)
        beside = people.department_in(ref, "城建科")
        team.proposal()
        found = {
            "clerk": team.clerk,
            "desk": team.desk,
            "lead": team.lead,
            "handler": team.handler,
            "head": team.head,
            "beside": people.staff_in(ref, Role.DEPT_HANDLER, department=beside),
            "supervisor": people.staff_in(ref, Role.SUPERVISOR),
        }
        self.town = Town(found, team.unit, beside)
        self.models = {name: self._brought(team, way) for name, way in WAYS.items()}

    def _brought(self, team: Team, way: str) -> Model:
        case, other = team.registered(), team.triaged()
        model = Model(case.id, other.id, MONDAY, town_unit=self.town.unit_beside)
        for step in way.split():
            who, verb = step.split(":")
            with hall(self.ref):
                ACTS[verb](Try(self.town, model, who))
        return model


class CaseMachine(RuleBasedStateMachine):
    """Steps of people, days that pass, and what happens by itself."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.model: Model
        self.undone = ExitStack()
        self.undone.enter_context(hall(self.place.ref))
        self.undone.enter_context(transaction.atomic())

    @initialize(begins=st.sampled_from(sorted(WAYS)))
    def begin_at(self, begins: str) -> None:
        self.model = copy.deepcopy(self.place.models[begins])

    def teardown(self) -> None:
        checks.chained()
        transaction.set_rollback(True)
        self.undone.close()

    def later(self, wait: timedelta = timedelta(minutes=7)) -> None:
        self.model.now += wait

    def unchanged(self, act: Any, *kinds: type[Refusal]) -> None:
        """It is refused, in one of these ways, and everything is as it was."""
        before = checks.trace(self.model)
        with pytest.raises(kinds or (Refusal,)), frozen(self.model.now):
            act()
        assert checks.trace(self.model) == before

    def attempt(self, who: str, verb: str, *, flip: bool) -> None:
        """Take a step that the model allows."""
        one = Try(self.place.town, self.model, who, flip)
        if against := hindered(self.model, verb, flip=flip):
            self.unchanged(lambda: ACTS[verb](one), *against)
            return
        try:
            with frozen(self.model.now):
                ACTS[verb](one)
        except FITTING.get(verb, ()):
            pass

    @rule(data=st.data(), flip=st.booleans())
    def somebody_goes_on(self, data: st.DataObject, flip: bool) -> None:
        self.later()
        seen = [who for who in PEOPLE if self.model.sees(who)]
        able = sorted((verb, who) for who in seen for verb in self.model.verbs(who))
        if able:
            verb = data.draw(st.sampled_from(sorted({verb for verb, _ in able})))
            who = data.draw(st.sampled_from([who for one, who in able if one == verb]))
            self.attempt(who, verb, flip=flip)

    @rule(verb=st.sampled_from(sorted(ACTS)), who=st.sampled_from(PEOPLE), flip=st.booleans())
    def anybody_tries(self, verb: str, who: str, flip: bool) -> None:
        self.later()
        if self.model.sees(who) and verb in self.model.verbs(who):
            self.attempt(who, verb, flip=flip)
        else:
            one = Try(self.place.town, self.model, who, flip)
            self.unchanged(lambda: ACTS[verb](one))

    @rule(data=st.data())
    def somebody_is_late(self, data: st.DataObject) -> None:
        """A page that shows an older version changes nothing."""
        able = sorted((verb, who) for who in ANYBODY for verb in self.model.verbs(who))
        if able:
            verb, who = data.draw(st.sampled_from(able))
            one = Try(self.place.town, self.model, who, stale=1)
            self.unchanged(lambda: ACTS[verb](one))

    @rule(who=st.sampled_from(PEOPLE), seconds=st.sampled_from([1, 9, 14]))
    def it_is_taken_back(self, who: str, seconds: int) -> None:
        """Within seconds, by whom it may be; everything is as it was before that step."""
        self.later(timedelta(seconds=seconds))
        one = Try(self.place.town, self.model, who)
        if self.model.sees(who) and "undo" in self.model.verbs(who):
            self.attempt(who, "undo", flip=False)
        else:
            self.unchanged(lambda: ACTS["undo"](one))

    @rule(hours=st.sampled_from([2, 20, 30, 24 * 5, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        """Pauses that are over end by themselves, and who did not reply is put down."""
        self.later(timedelta(hours=hours))
        with frozen(self.model.now):
            ran_on = pausing.resume_due()
            sweeping.sweep()
        if self.model.sealed:
            assert ran_on == 0
            return
        if ran_on:
            self.model.paused = False
            self.by_itself()
        for name in ("opinion", "promise"):
            item = getattr(self.model, name)
            if item and not WorkItem.objects.get(id=item).open:
                setattr(self.model, name, None)
                self.by_itself()

    def by_itself(self) -> None:
        self.model.version, self.model.seq = self.model.version + 1, self.model.seq + 1

    @rule(who=st.sampled_from(sorted(DESK)))
    def a_merge_is_undone(self, who: str) -> None:
        self.later()
        one = Try(self.place.town, self.model, who)
        if not self.model.merged or self.model.sealed:
            self.unchanged(lambda: one.call(merging.unmerge, note="两件事"))
            return
        try:
            with frozen(self.model.now):
                one.call(merging.unmerge, note="两件事")
        except UndoTooLate:
            return
        state, self.model.merged = self.model.merged, ""
        self.model.state = state
        one.moved(state)

    @rule(kind=st.sampled_from(["opinion", "promise"]), who=st.sampled_from(sorted(COUNTER)))
    def work_is_asked_for(self, kind: str, who: str) -> None:
        self.later()
        if getattr(self.model, kind) is not None and not self.model.sealed:
            return
        asked = {"units": [self.place.town.unit_beside], "question": "能否按旧名补领？"}
        code = "opinion" if kind == "opinion" else "deferred"
        body: dict[str, Any] = dict(asked if kind == "opinion" else PROMISED)
        if self.model.state == "closed" or self.model.sealed:
            self.unchanged(lambda: self._begin(code, body, who))
            return
        with frozen(self.model.now):
            setattr(self.model, kind, self._begin(code, body, who))
        Try(self.place.town, self.model, who).moved(self.model.state)

    def _begin(self, code: str, body: dict[str, Any], who: str) -> UUID:
        case: Any = type("Named", (), {"id": self.model.case_id})
        return begin(self.place.ref, case, code, body, self.place.town.people[who])[0].id

    @precondition(lambda self: self.model.opinion or self.model.promise)
    @rule(kind=st.sampled_from(["opinion", "promise"]))
    def work_is_done(self, kind: str) -> None:
        self.later()
        ident = getattr(self.model, kind)
        if ident is None:
            return
        said = {"position": "agree", "text": "可以按旧名补领。"}
        who, code = ("beside", "answer") if kind == "opinion" else ("desk", "supplement")
        came = {"material": "单位证明", "arrived_on": clock.day_of(self.model.now), "how": "post"}
        body = said if kind == "opinion" else came
        item, by = WorkItem.objects.get(id=ident), self.place.town.people[who]
        if self.model.sealed or self.model.merged:
            self.unchanged(lambda: take(self.place.ref, item, code, body, by=by))
            return
        with frozen(self.model.now):
            take(self.place.ref, item, code, body, by=by)
        setattr(self.model, kind, None)
        Try(self.place.town, self.model, who).moved(self.model.state)

    @rule(who=st.sampled_from(sorted(COUNTER)))
    def it_becomes_a_sealed_file(self, who: str) -> None:
        """From here on there is no such case for anybody."""
        self.later()
        accusation = Accusation(posts=(self.place.town.post("handler"),), facts=("F1",))
        one = Try(self.place.town, self.model, who)

        def seal() -> None:
            one.call(conduct.seal, accusation=accusation, note="")

        if self.model.sealed:
            self.unchanged(seal, NotFound)
        elif self.model.referrals:
            self.unchanged(seal)
        else:
            with frozen(self.model.now):
                seal()
            one.moved(self.model.state).sealed = True

    @invariant()
    def everything_agrees(self) -> None:
        if not hasattr(self, "model"):
            return
        with frozen(self.model.now):
            checks.told(self.model)
            checks.clocked(self.model)
            checks.permitted(self.model, self.place.town)


def test_whatever_people_do_all_records_agree(street: HallRef) -> None:
    """C-26, C-56, C-61, C-68: three hundred ways through a case, each with up to eight steps."""
    with frozen(MONDAY):
        place = Place(street)
    machine = type("Machine", (CaseMachine,), {"place": place})
    run_machine(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
