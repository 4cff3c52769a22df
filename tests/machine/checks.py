"""What has to hold after every step: the case, its history, its clocks, the audit chain, the live
topics and the outbox tell the same story as the model."""

from typing import Any

from apps.cases import permissions
from apps.cases.events import CaseReferred
from apps.cases.models import Case, CaseEvent, Deadline
from apps.work.models import WorkItem
from bancheng.services.audit import chain
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live import log as live
from bancheng.services.live.models import LiveEvent
from bancheng.services.outbox.models import OutboxMessage
from tests.machine.acts import Town
from tests.machine.model import HELD_BY_A_PAUSE, PEOPLE, STAGES, Model


def trace(model: Model) -> Any:
    """Everything that a refused step must leave as it was."""
    case = Case.every.values().get(id=model.case_id)
    clocks = list(Deadline.every.order_by("id").values())
    rows = (CaseEvent.every, AuditEntry.objects, LiveEvent.objects, OutboxMessage.objects)
    return case, clocks, [one.count() for one in rows], list(WorkItem.objects.values())


def letters_told() -> int:
    """How often another hall is told of a letter; bells are told through the same box."""
    return OutboxMessage.objects.filter(topic=CaseReferred.topic).count()


def told(model: Model) -> None:
    """The row, its last line, the chain and the topics: one version each, without gaps."""
    case = Case.every.get(id=model.case_id)
    assert (case.state, case.version, case.last_seq) == (model.state, model.version, model.seq)
    lines = list(CaseEvent.every.filter(case=case).order_by("seq").values_list("seq", "after"))
    assert [seq for seq, _ in lines] == list(range(1, model.seq + 1))
    assert lines[-1][1] == model.state
    if model.sealed:
        assert not Case.objects.filter(id=case.id).exists()
        assert not LiveEvent.objects.filter(ref=str(case.id)).exists()
        return
    assert letters_told() == model.referrals
    audited = AuditEntry.objects.filter(body__subject_id=str(case.id))
    assert audited.count() == model.seq
    topic = f"case:{case.id}"
    last = LiveEvent.objects.filter(topic=topic).order_by("-seq").values_list("seq", "version")
    assert last[0] == (live.heads([topic])[topic], model.version)
    assert last[0][0] == model.version


def chained() -> None:
    """Both audit chains hold from their beginning."""
    assert chain.verify().broken_at is None
    assert chain.verify(sealed=True).broken_at is None


def clocked(model: Model) -> None:
    """Only what the state waits for runs; the case's moment is the earliest of it."""
    case = Case.every.get(id=model.case_id)
    running = list(Deadline.every.filter(case=case, ended=""))
    stages = {one.stage for one in running if one.item is None}
    expected = frozenset({"conduct_verify"}) if model.sealed else STAGES[model.state]
    assert stages <= expected, f"{stages - expected} in {model.state}"
    assert case.due_at == min((one.due_at for one in running), default=None)
    assert (case.resume_at is not None) == (model.paused or (model.sealed and bool(case.resume_at)))
    if model.paused and not model.sealed:
        assert not stages & HELD_BY_A_PAUSE
    if not model.paused and model.state in ("dispatched", "signed", "in_progress", "replied"):
        assert model.sealed or "resolve" in stages
    assert ("appeal" in stages) == (model.appealed is not None and not model.sealed)
    items = {one.item for one in running if one.item is not None}
    parts = {model.town_unit} if model.assisting is not None else set()
    open_work = set() if model.merged or model.sealed else {model.opinion, model.promise} - {None}
    assert open_work <= items <= open_work | parts, "each piece of open work has its clock"


def permitted(model: Model, town: Town) -> None:
    """The steps offered are those that the tables give this person now, and nothing else."""
    if model.sealed:
        return
    case = Case.objects.get(id=model.case_id)
    offered = {who: set(permissions.allowed_steps(town.people[who], case)) for who in PEOPLE}
    assert offered == {who: model.verbs(who) for who in PEOPLE}
