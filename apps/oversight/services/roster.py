"""The duty roster (C-37): who is at the desk when, who stands in, and the shift's diary."""

from datetime import date
from uuid import UUID

from django.db import transaction

from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.oversight import permissions
from apps.oversight.details import Said
from apps.oversight.errors import DutyIsPast, OnDutyTwice
from apps.oversight.models import DutyShift
from apps.oversight.rules import DutyRole, DutyState, Part
from apps.staff import permissions as staff_permissions
from apps.staff import queries as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@transaction.atomic
def assign(*, day: date, part: Part, role: DutyRole, post: UUID, by: Actor) -> DutyShift:
    """Put somebody on duty. Raises Forbidden, Invalid, DutyIsPast, OnDutyTwice."""
    permissions.require(by, "duty.manage")
    if day < clock.today():
        raise DutyIsPast
    name = _name(post, "post")
    if DutyShift.objects.filter(day=day, part=part, role=role, post=post).exists():
        raise OnDutyTwice
    made = DutyShift(day=day, part=part, role=role, post=post, name=name)
    with taken("duty_once", OnDutyTwice()):
        made.save(force_insert=True)
    _tell(made, "assigned", [post], by)
    return _recorded(made, "oversight.duty_assigned", by)


@transaction.atomic
def remove(*, shift_id: UUID, by: Actor) -> None:
    """Take somebody off the roster of a day to come. Raises NotFound, Forbidden, DutyIsPast."""
    shift = _to_come(_locked(shift_id, None, by), by)
    _tell(shift, "removed", [shift.post], by)
    _recorded(shift, "oversight.duty_removed", by)
    DutyShift.objects.filter(id=shift.id).delete()


@transaction.atomic
def cover(*, shift_id: UUID, version: int, post: UUID | None, reason: str, by: Actor) -> DutyShift:
    """Say that somebody is absent, and who stands in, if anybody does yet.

    Raises NotFound, Stale, Forbidden, DutyIsPast, Invalid.
    """
    shift = _to_come(_locked(shift_id, version, by), by)
    if post == shift.post:
        raise Invalid(errors={"post": ["not_allowed"]})
    shift.state, shift.reason = DutyState.ABSENT, reason
    shift.covered_by, shift.cover_name = post, _name(post, "post") if post else ""
    _tell(shift, "covered", [shift.post, post], by)
    return _saved(shift, "oversight.duty_covered", by)


@transaction.atomic
def swap(*, shift_id: UUID, version: int, other: UUID, by: Actor) -> DutyShift:
    """Two people exchange their shifts; the first one as it is now.

    Raises NotFound, Stale, Forbidden, DutyIsPast, Invalid, OnDutyTwice.
    """
    rows = DutyShift.objects.select_for_update().filter(id__in=[shift_id, other]).order_by("id")
    found = {row.id: row for row in rows}
    staff_permissions.require(by, "duty.read")
    if shift_id not in found:
        raise NotFound
    if found[shift_id].version != version:
        raise Stale(current=found[shift_id].version)
    permissions.require(by, "duty.manage")
    if other not in found or other == shift_id:
        raise Invalid(errors={"other": ["unknown"]})
    first, second = (_to_come(found[ident], by) for ident in (shift_id, other))
    slots = {(shift.day, shift.part, shift.role) for shift in (first, second)}
    if first.post == second.post or len(slots) == 1:
        raise Invalid(errors={"other": ["not_allowed"]})
    _refuse_doubles(first, second)
    people = (first.post, first.name)
    first.post, first.name = second.post, second.name
    second.post, second.name = people
    _tell(first, "swapped", [first.post, second.post], by)
    _saved(second, "oversight.duty_swapped", by)
    return _saved(first, "oversight.duty_swapped", by)


@transaction.atomic
def note(*, shift_id: UUID, version: int, text: str, by: Actor) -> DutyShift:
    """A line in the shift's diary: by who is on duty, or who keeps the roster.

    Raises NotFound, Stale, Forbidden.
    """
    shift = _locked(shift_id, version, by)
    mine = by.post_id in (shift.post, shift.covered_by)
    if not mine and not staff_permissions.may(by, "duty.manage"):
        raise Forbidden(permission="duty.manage")
    said = Said(by.post_id, by.name, clock.now(), text)
    shift.log = [*shift.log, said.as_json()]
    return _saved(shift, "oversight.duty_noted", by)


def _locked(shift_id: UUID, version: int | None, by: Actor) -> DutyShift:
    staff_permissions.require(by, "duty.read")
    rows = DutyShift.objects.select_for_update().filter(id=shift_id)
    shift = rows.order_by("id").first()
    if shift is None:
        raise NotFound
    if version is not None and shift.version != version:
        raise Stale(current=shift.version)
    return shift


def _to_come(shift: DutyShift, by: Actor) -> DutyShift:
    permissions.require(by, "duty.manage")
    if shift.day < clock.today():
        raise DutyIsPast
    return shift


def _refuse_doubles(first: DutyShift, second: DutyShift) -> None:
    for shift, post in ((first, second.post), (second, first.post)):
        taken = DutyShift.objects.filter(
            day=shift.day, part=shift.part, role=shift.role, post=post
        ).exclude(id__in=[first.id, second.id])
        if taken.exists():
            raise OnDutyTwice


def _name(post: UUID, field: str) -> str:
    person = staff.actor_of_post(post)
    if person is None:
        raise Invalid(errors={field: ["unknown"]})
    return person.name


def _tell(shift: DutyShift, what: str, posts: list[UUID | None], by: Actor) -> None:
    params = {"day": shift.day.isoformat(), "part": shift.part, "role": shift.role, "what": what}
    notices.tell(Note(f"oversight.duty_{what}", "duty", shift.id, "", params), to=To(posts), by=by)


def _saved(shift: DutyShift, kind: str, by: Actor) -> DutyShift:
    shift.version += 1
    shift.save(force_update=True)
    return _recorded(shift, kind, by)


def _recorded(shift: DutyShift, kind: str, by: Actor) -> DutyShift:
    detail = {"day": shift.day.isoformat(), "part": shift.part, "role": shift.role}
    audit.record(kind, subject="duty", subject_id=shift.id, by=by, detail=detail)
    live.publish(["board"], live.Change("duty.changed", shift.id, shift.version))
    return shift
