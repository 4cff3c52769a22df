"""Help before and beside a window: pre-checks, the greeter's note, feedback, tense moments."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from apps.windows import permissions, persons
from apps.windows.guidance_details import Detail, Direction
from apps.windows.models import Guidance, Queue, Ticket
from apps.windows.rules import GuidanceKind
from apps.windows.services import taking
from apps.windows.services.taking import Taken
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down; a greeter gives three fields: matter, direction, and a note."""

    kind: GuidanceKind
    matter: str = ""
    ticket: UUID | None = None
    queue: UUID | None = None
    item_code: str = ""
    phone: str = ""
    result: str = ""
    detail: Detail = field(default_factory=Detail)


@dataclass(frozen=True, slots=True)
class Noted:
    """What was recorded, and the number that was taken with it."""

    guidance: Guidance
    taken: Taken | None


@transaction.atomic
def record(given: Note, *, by: Actor) -> Noted:
    """Keep what was done for somebody; a greeter who sends them to a queue takes their number.

    A greeter records greetings, feedback and tense moments, never a person's number (C-85).
    Raises Forbidden, and Invalid for what is missing or unknown.
    """
    permissions.require(by, "guidance.record")
    _require_mine(given, by)
    _require_whole(given)
    taken = _number(given, by)
    ticket = taken.ticket if taken else _ticket(given.ticket)
    key = persons.key_of(given.phone) if given.phone else None
    if key is None and ticket is not None and ticket.person_key:
        key = bytes(ticket.person_key)
    made = Guidance.objects.create(
        kind=given.kind,
        at=clock.now(),
        post_id=by.post_id,
        post_name=by.name,
        ticket=ticket,
        queue_id=_queue(given.queue),
        item_code=given.item_code,
        person_key=key,
        matter=given.matter.strip(),
        result=given.result,
        detail=given.detail.as_json(),
    )
    if given.kind is GuidanceKind.TENSION and ticket is not None:
        Ticket.objects.filter(id=ticket.id).update(tension=True)
    _tell("recorded", made, by)
    return Noted(made, taken)


def _require_mine(given: Note, by: Actor) -> None:
    only_greets = Role.GREETER in by.roles and not permissions.may(by, "guidance.read")
    if only_greets and (given.kind is GuidanceKind.GUIDANCE or given.phone):
        raise Forbidden(permission="guidance.read")


def _require_whole(given: Note) -> None:
    missing = {}
    if given.kind is GuidanceKind.GUIDANCE and not given.result:
        missing["result"] = ["required"]
    if given.kind is GuidanceKind.GREETING and not given.detail.direction:
        missing["direction"] = ["required"]
    if given.kind is GuidanceKind.FEEDBACK and not given.detail.category:
        missing["category"] = ["required"]
    if given.kind is not GuidanceKind.TENSION and not given.matter.strip():
        missing["matter"] = ["required"]
    if missing:
        raise Invalid(errors=missing)


def _number(given: Note, by: Actor) -> Taken | None:
    greeted = given.kind is GuidanceKind.GREETING and given.detail.direction == Direction.QUEUE
    if not greeted or given.queue is None or given.ticket is not None:
        return None
    return taking.take(queue_id=given.queue, by=by)


def _ticket(ticket_id: UUID | None) -> Ticket | None:
    if ticket_id is None:
        return None
    found = Ticket.objects.filter(id=ticket_id).first()
    if found is None:
        raise Invalid(errors={"ticket": ["unknown"]})
    return found


def _queue(queue_id: UUID | None) -> UUID | None:
    if queue_id is not None and not Queue.objects.filter(id=queue_id).exists():
        raise Invalid(errors={"queue": ["unknown"]})
    return queue_id


@transaction.atomic
def link_case(
    *, guidance_id: UUID, case_id: UUID, by: Actor, version: int | None = None
) -> Guidance:
    """Note which case became of it: feedback that is a matter after all (C-86), a pre-check that
    ended at the desk (C-22). The caller has checked that the actor sees the case.

    Raises NotFound, Stale.
    """
    permissions.require(by, "guidance.read")
    found = Guidance.objects.select_for_update().filter(id=guidance_id).first()
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        raise Stale(current=found.version)
    found.case_id = case_id
    found.version += 1
    found.save(update_fields=["case_id", "version"])
    _tell("linked", found, by)
    return found


def _tell(action: str, row: Guidance, by: Actor) -> None:
    audit.record(
        f"guidance.{action}",
        subject="guidance",
        subject_id=row.id,
        by=by,
        detail={"kind": row.kind, "result": row.result},
    )
    live.publish(
        ("board", "reception"),
        Change(f"guidance.{action}", row.id, row.version, {"kind": row.kind}),
    )
