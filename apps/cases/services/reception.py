"""Somebody comes to the desk: counted, and told what becomes of it (C-31, C-41, C-42, C-55)."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from apps.cases import masks, permissions
from apps.cases.accountability import sections
from apps.cases.details import Named
from apps.cases.intake import limits as intake_limits
from apps.cases.intake.details import GuidanceSlip, Push
from apps.cases.models import Reception
from apps.cases.rules import ReceptionOutcome, State
from apps.notices import services as notices
from apps.staff import queries as staff
from apps.windows import queries as windows
from apps.windows import services as queue
from bancheng.city.rollups import services as rollups
from bancheng.city.visits import counting
from bancheng.city.visits.counting import Person
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.database import records
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@dataclass(frozen=True, slots=True)
class NewReception:
    """What the desk writes down about somebody who came. `phone` and `id_number` are only counted
    by their keyed hashes (C-34), never kept; of `push` the department is named by id."""

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
    pushed_unit: UUID | None = None
    pushed_role: str = ""
    reason_code: str = ""
    right_channel: str = ""
    answer: str = ""
    slip: GuidanceSlip | None = None
    merged_case: UUID | None = None
    phone: str = ""
    id_number: str = ""


@transaction.atomic
def receive(given: NewReception, *, by: Actor) -> Reception:
    """Count somebody who came. The acting person becomes the first responder (C-61).

    Not accepting needs a reason and the right channel (C-55), guiding back a slip or where to go,
    solving on the spot what was done (C-15), merging the case it joins; raises Invalid without.
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
        answer=given.answer,
        slip=given.slip.as_json() if given.slip else None,
        merged_case=_joined(given, by),
    )
    _put_push(made, given)
    if given.ticket is not None:
        _copy_ticket(made, given.ticket)
    elif by.post_id is not None:
        made.window_id, made.window_name = windows.seat_of(by.post_id)
    note_visit(made, Person(masks.digits_of(given.phone), masks.normal_id(given.id_number)), by)
    records.insert([made])
    audit.record("cases.received", subject="reception", subject_id=made.id, by=by)
    rollups.mark_dirty(clock.day_of(made.at))
    _warn_of_item(made)
    topics = {"board", "desk"} | ({f"dept:{made.section}"} if made.section else set())
    live.publish(topics, live.Change("reception.made", made.id, made.version))
    return made


def _warn_of_item(made: Reception) -> None:
    """Who is turned away counts against the item, like what windows could not do (C-24)."""
    if made.outcome != ReceptionOutcome.NOT_ACCEPTED or not made.service_item:
        return
    since = clock.now() - timedelta(days=intake_limits.visit_days())
    turned_away = Reception.objects.filter(
        service_item=made.service_item, outcome=ReceptionOutcome.NOT_ACCEPTED, at__gte=since
    )
    queue.look_for_rejections(made.service_item, elsewhere=turned_away.count())


_NEEDED = {
    ReceptionOutcome.NOT_ACCEPTED: ("reason_code", "right_channel"),
    ReceptionOutcome.ON_SPOT: ("answer",),
    ReceptionOutcome.MERGED: ("merged_case",),
}


def _require_reason(given: NewReception) -> None:
    values = {name: getattr(given, name) for name in _NEEDED.get(given.outcome, ())}
    missing = {name: ["required"] for name, value in values.items() if not str(value or "").strip()}
    if missing:
        raise Invalid(errors=missing)


def _joined(given: NewReception, by: Actor) -> UUID | None:
    """The open case that this visit belongs to; one that the desk may not see is unknown."""
    if given.outcome is not ReceptionOutcome.MERGED or given.merged_case is None:
        return None
    found = permissions.visible_to(by).filter(id=given.merged_case).exclude(state=State.CLOSED)
    if not found.exists():
        raise Invalid(errors={"merged_case": ["unknown"]})
    return given.merged_case


def _put_push(made: Reception, given: NewReception) -> None:
    """Who sent the person (C-41), and whose business it is (C-31)."""
    unit = staff.department(given.pushed_unit) if given.pushed_unit else None
    if given.pushed_unit and unit is None:
        raise Invalid(errors={"pushed_unit": ["unknown"]})
    if unit or given.pushed_from:
        named = Named(unit.id, unit.name) if unit else None
        made.push = Push(named, given.pushed_from, given.pushed_role).as_json()
        made.pushed_from = given.pushed_from or (unit.name if unit else "")
        made.pushed_unit = unit.id if unit else None
    made.section = made.pushed_unit or sections.section_of(given.service_item)


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


def note_visit(made: Reception, person: Person, by: Actor) -> None:
    """Count the visit in the network, and tell the shift lead of a third one (C-34).

    Sets `visits_known` of the unsaved reception: this visit and those before it.
    """
    if not person:
        return
    days, item = intake_limits.visit_days(), made.service_item
    before = counting.add_and_count(visit=made.id, person=person, item=item, days=days)
    made.visits_known = before + 1
    if made.visits_known >= intake_limits.third_visit():
        note = notices.Note(
            "intake.third_visit",
            "reception",
            made.id,
            params={"visits": made.visits_known, "matter": made.matter[:60]},
        )
        notices.tell(note, to=notices.To(roles=[Role.SHIFT_LEAD]), by=by)
