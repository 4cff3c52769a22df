"""Some matters that come to the desk become a case."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from apps.attachments.services import handing_over
from apps.cases import permissions
from apps.cases.errors import CaseExists
from apps.cases.intake import candidates
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.details import Registered, Told
from apps.cases.models import Applicant, Case, CaseEvent, Reception
from apps.cases.rules import ReceptionOutcome, Stage, State, Urgency
from apps.cases.services import linking, wording
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import Line, tell
from apps.cases.services.persons import Agent, NewApplicant, counted, require_agent, sealed
from apps.cases.services.reception import NewReception, note_visit, receive
from apps.cases.tracking import code_index, first_code
from bancheng.city.catalogue import queries as catalogue
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import here

__all__ = [
    "Agent",
    "NewApplicant",
    "NewCase",
    "NewReception",
    "begun",
    "free_number",
    "receive",
    "register",
    "sealed",
    "store",
]
_CANDIDATES, _DIGITS = 8, 4
_NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class NewCase:
    """A matter that becomes a case; the files of the `draft` it was written in go over to it."""

    reception: UUID
    title: str
    detail: str
    want: str
    applicant: NewApplicant
    service_item: str = ""
    blocked_stage: str = ""
    visit_count: int = 1
    pushed_from: str = ""
    urgency: Urgency = Urgency.NORMAL
    confidential: bool = False
    wanted_by: date | None = None
    discovery_source: str = "applicant"
    channel: str = "window"
    told: Told = _NOTHING_TOLD
    draft: UUID | None = None


@transaction.atomic
def register(given: NewCase, *, by: Actor) -> Case:
    """Make a case of a reception; raises Invalid, CaseExists.

    The reception's first responder stays accountable for the case until the outcome. The code
    for its citizen is `first_code`; only its keyed hash is kept. Urgent asks for a reason (C-30),
    who speaks for somebody for an authority (C-02). The visit is counted in the network (C-34); the
    same person's same matter that ended lately makes it a repeat, linked to the earlier case.
    """
    permissions.require(by, "cases.register")
    _check(given)
    reception = _registered_reception(given.reception)
    _count_visit(reception, given, by)
    case = _case_of(given, reception)
    applicant = sealed(case, given.applicant)
    earlier = candidates.repeated(case, applicant, by)
    case.repeat = bool(earlier)
    files = _files_of(given.draft, case, by)
    first = Line("registered", None, detail=Registered(case.repeat, case.visits_known, files))
    store(case, applicant, first, begun(case), by)
    if earlier:
        linking.repeat_of(case, earlier, by)
    tell(case, [first], by)
    return case


def _case_of(given: NewCase, reception: Reception) -> Case:
    """The unsaved case: what was told, and who answers for it from the reception on."""
    case = Case(
        id=ids.new_id(),
        number=free_number(),
        state=State.REGISTERED,
        reception=reception,
        title=given.title,
        detail=given.detail,
        want=given.want,
        service_item=given.service_item,
        service_item_name=_item_name(given.service_item),
        blocked_stage=given.blocked_stage,
        wanted_by=given.wanted_by,
        visit_count=given.visit_count,
        pushed_from=given.pushed_from or reception.pushed_from,
        urgency=given.urgency,
        confidential=given.confidential,
        first_responder_post=reception.first_responder_post,
        first_responder_name=reception.first_responder_name,
        registered_at=clock.now(),
        discovery_source=given.discovery_source,
        channel=given.channel,
        intake=replace(given.told, notice_version=intake_limits.notice_version()).as_json(),
        visits_known=reception.visits_known,
    )
    case.code_index = code_index(case.number, first_code(case.id))
    return case


def _files_of(draft: UUID | None, case: Case, by: Actor) -> int:
    """What was photographed or chosen while the form was filled in now lies under the case."""
    if draft is None:
        return 0
    return handing_over.take_over(("draft", draft), ("case", case.id), by=by)


def _check(given: NewCase) -> None:
    """What the form of another version might forget."""
    require_agent(given.applicant)
    if given.urgency is Urgency.URGENT and not given.told.urgency_reason.strip():
        raise Invalid(errors={"urgency_reason": ["required"]})


def _count_visit(reception: Reception, given: NewCase, by: Actor) -> None:
    """The reception may have been counted when it was written down; once is enough."""
    if reception.visits_known is None:
        reception.service_item = reception.service_item or given.service_item
        note_visit(reception, counted(given.applicant), by)
        records.update(reception)


def _item_name(code: str) -> str:
    """The service item's name as it is today; an unknown code stands for itself."""
    item = catalogue.service_item(code) if code else None
    return item.name if item else code


def _registered_reception(reception_id: UUID) -> Reception:
    found = records.locked(Reception.objects.filter(id=reception_id))
    if found is None:
        raise Invalid(errors={"reception": ["unknown"]})
    if found.outcome != ReceptionOutcome.REGISTERED:
        raise Invalid(errors={"reception": ["not_registered"]})
    if _has_case(reception_id):
        raise CaseExists
    return found


def _has_case(reception_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM cases_case WHERE reception_id = %s AND NOT sealed", [reception_id]
        )
        return cursor.fetchone() is not None


def begun(case: Case) -> Clocks:
    """The clocks that a new case starts with; not stored yet."""
    clocks = Clocks(case, [])
    clocks.start(Stage.DISPATCH, desk())
    if case.category:
        clocks.start_resolving(desk())
    return clocks


def store(case: Case, applicant: Applicant, line: Line, clocks: Clocks, by: Actor) -> None:
    """Insert a new case with its first line and its first clocks; the caller tells of it."""
    clocks.settle()
    first = CaseEvent(
        case=case,
        seq=1,
        kind=line.kind,
        actor_post=by.post_id,
        actor_name=by.name,
        actor_unit=here().desk_name,
        after=case.state,
        note=line.note,
        data=line.detail.as_json(),
    )
    words = wording.of(case, applicant)
    records.insert([case, *clocks.ended(), applicant, words, first])


def free_number() -> str:
    """A case number of today that is not taken: random, so that it reveals no count.

    Four digits, and two more on a day so full that none of the draws is free.
    """
    day = f"BCS-{clock.today():%Y%m%d}-"
    lengths = [_DIGITS] * _CANDIDATES + [_DIGITS + 2] * _CANDIDATES
    candidates = [day + ids.digits(length) for length in lengths]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM cases_case WHERE number = ANY(%s)", [candidates])
        taken = {row[0] for row in cursor.fetchall()}
    return next(number for number in candidates if number not in taken)
