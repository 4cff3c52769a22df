"""Somebody comes to the desk; some matters become a case."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.cases import masks, permissions
from apps.cases.errors import CaseExists
from apps.cases.models import Applicant, Case, CaseEvent, Reception
from apps.cases.rules import ReceptionOutcome, Stage, State, Urgency
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import Line, tell
from apps.cases.tracking import code_index, first_code
from apps.windows import queries as windows
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock, ids, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_CANDIDATES, _DIGITS = 8, 4


@dataclass(frozen=True, slots=True)
class NewReception:
    """What the desk writes down about somebody who came (C-41, C-42, C-55)."""

    matter: str
    applicant_kind: str
    outcome: ReceptionOutcome
    ticket: UUID | None = None
    service_item: str = ""
    tried_windows: list[dict[str, str]] = field(default_factory=list)
    visit_count: int = 1
    ordinary_window_tried: bool | None = None
    exemption: str = ""
    pushed_from: str = ""
    reason_code: str = ""
    right_channel: str = ""


@dataclass(frozen=True, slots=True)
class NewApplicant:
    """Who asks, in plain; only sealed values and masks are kept."""

    kind: str
    relation: str
    name: str
    phone: str
    id_number: str = ""
    enterprise_name: str = ""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A matter that becomes a case."""

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


@transaction.atomic
def receive(given: NewReception, *, by: Actor) -> Reception:
    """Count somebody who came. The acting person becomes the first responder (C-61).

    Not accepting needs a reason and the right channel (C-55); raises Invalid without.
    """
    permissions.require(by, "receptions.register")
    _require_reason(given)
    made = Reception(
        first_responder_post=by.post_id,
        first_responder_name=by.name,
        matter=given.matter,
        service_item=given.service_item,
        applicant_kind=given.applicant_kind,
        tried_windows=given.tried_windows,
        visit_count=given.visit_count,
        ordinary_window_tried=given.ordinary_window_tried,
        exemption=given.exemption,
        pushed_from=given.pushed_from,
        outcome=given.outcome,
        reason_code=given.reason_code,
        right_channel=given.right_channel,
    )
    if given.ticket is not None:
        _copy_ticket(made, given.ticket)
    elif by.post_id is not None:
        made.window_id, made.window_name = windows.seat_of(by.post_id)
    made.save(force_insert=True)
    audit.record("cases.received", subject="reception", subject_id=made.id, by=by)
    rollups.mark_dirty(clock.day_of(made.at))
    live.publish(["board", "desk"], live.Change("reception.made", made.id, made.version))
    return made


def _require_reason(given: NewReception) -> None:
    if given.outcome is not ReceptionOutcome.NOT_ACCEPTED:
        return
    texts = {"reason_code": given.reason_code, "right_channel": given.right_channel}
    missing = {name: ["required"] for name, text in texts.items() if not text.strip()}
    if missing:
        raise Invalid(errors=missing)


def _copy_ticket(made: Reception, ticket_id: UUID) -> None:
    """The ticket's number and times as they are now; the queue may forget them later."""
    try:
        ticket = windows.snapshot(ticket_id)
    except NotFound:
        raise Invalid(errors={"ticket": ["unknown"]}) from None
    made.ticket_id, made.ticket_number = ticket.id, ticket.number
    made.ticket_taken_at, made.ticket_called_at = ticket.taken_at, ticket.called_at
    made.wait_seconds = ticket.wait_seconds
    made.window_id, made.window_name = ticket.window_id, ticket.window_number or ""


@transaction.atomic
def register(given: NewCase, *, by: Actor) -> Case:
    """Make a case of a reception; raises Invalid, CaseExists.

    The reception's first responder stays accountable for the case until the outcome. The code
    for its citizen is `first_code`; only its keyed hash is kept.
    """
    permissions.require(by, "cases.register")
    reception = _registered_reception(given.reception)
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
    )
    case.code_index = code_index(case.number, first_code(case.id))
    first = Line("registered", None)
    store(case, sealed(case, given.applicant), first, begun(case), by)
    tell(case, [first], by)
    return case


def _item_name(code: str) -> str:
    """The service item's name as it is today; an unknown code stands for itself."""
    item = catalogue.service_item(code) if code else None
    return item.name if item else code


def _registered_reception(reception_id: UUID) -> Reception:
    found = Reception.objects.select_for_update().filter(id=reception_id).first()
    if found is None:
        raise Invalid(errors={"reception": ["unknown"]})
    if found.outcome != ReceptionOutcome.REGISTERED:
        raise Invalid(errors={"reception": ["not_registered"]})
    if Case.objects.filter(reception_id=reception_id).exists():
        raise CaseExists
    return found


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
    case.save(force_insert=True)
    clocks.write()
    applicant.save(force_insert=True)
    CaseEvent.objects.create(
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


def free_number() -> str:
    """A case number of today that is not taken: random, so that it reveals no count.

    Four digits, and two more on a day so full that none of the draws is free.
    """
    day = f"BCS-{clock.today():%Y%m%d}-"
    lengths = [_DIGITS] * _CANDIDATES + [_DIGITS + 2] * _CANDIDATES
    candidates = [day + ids.digits(length) for length in lengths]
    taken = set(Case.every.filter(number__in=candidates).values_list("number", flat=True))
    return next(number for number in candidates if number not in taken)


def sealed(case: Case, given: NewApplicant) -> Applicant:
    """The unsaved applicant of a case: sealed, masked, findable."""
    keys = keyring.keys()
    phone, id_number = masks.digits_of(given.phone), masks.normal_id(given.id_number)
    values = {"name": given.name, "phone": given.phone, "id": id_number}
    fields = {
        f"{column}_sealed": _seal(case.id, column, value) if value else None
        for column, value in values.items()
    }
    return Applicant(
        case=case,
        kind=given.kind,
        relation=given.relation,
        enterprise_name=given.enterprise_name,
        name_mask=masks.name(given.name),
        phone_mask=masks.phone(given.phone),
        id_mask=masks.id_number(given.id_number),
        phone_index=keys.blind_index(f"phone|{phone}") if phone else None,
        id_index=keys.blind_index(f"id|{id_number}") if id_number else None,
        **fields,
    )


def _seal(case_id: UUID, column: str, value: str) -> bytes:
    """One field of one applicant, sealed for that row alone."""
    return keyring.keys().seal(value, table="cases_applicant", column=column, row=case_id)
