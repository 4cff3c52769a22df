"""The hall's departments: added, changed, closed with all that hangs on them, opened again."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.staff import holdings
from apps.staff.errors import DepartmentExists, NotEnded
from apps.staff.holdings import Heir
from apps.staff.models import Department, Post
from apps.staff.permissions import require
from apps.staff.services.changes import TOPIC, saved_department
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a department; `position` orders the lists."""

    name: str
    duty_phone: str = ""
    scope: str = ""
    position: int = 0


@transaction.atomic
def add_department(
    *, name: str, duty_phone: str, position: int, by: Actor, scope: str = ""
) -> Department:
    """A new unit of the hall; raises DepartmentExists."""
    require(by, "staff.manage")
    _require_free(name)
    made = Department(name=name.strip(), duty_phone=duty_phone, position=position, scope=scope)
    with _once(made.name):
        made.save(force_insert=True)
    audit.record("staff.department_added", subject="department", subject_id=made.id, by=by)
    log.publish([TOPIC], log.Change("staff.department_added", made.id, made.version))
    return made


@transaction.atomic
def change_department(*, department_id: UUID, version: int, about: About, by: Actor) -> Department:
    """Another name, number, scope or place in the lists. What was written under the old name keeps
    it. Raises NotFound, Stale, DepartmentExists."""
    unit = _taken(department_id, version, by)
    before = unit.name
    if about.name.strip() != before:
        _require_free(about.name)
    unit.name, unit.duty_phone = about.name.strip(), about.duty_phone
    unit.scope, unit.position = about.scope, about.position
    detail = {"name": unit.name, "before": before} if unit.name != before else None
    with _once(unit.name):
        return saved_department(unit, "department_changed", by, detail=detail)


@transaction.atomic
def close_department(
    *, department_id: UUID, version: int, to: UUID | None, by: Actor
) -> Department:
    """No new work comes here. While anything hangs on it, another department must be named, which
    takes on all of it, people included; raises NotFound, Stale, StillHolding, CannotTakeOver."""
    unit = _taken(department_id, version, by)
    if not unit.active:
        raise NotFound
    heir = _heir(to, unit) if to else None
    passed = holdings.leave_department(unit.id, heir, by)
    unit.active = False
    detail = {"to": str(to) if to else None, "passed": {one.kind: one.count for one in passed}}
    return saved_department(unit, "department_closed", by, detail=detail)


@transaction.atomic
def reopen_department(*, department_id: UUID, version: int, by: Actor) -> Department:
    """Work may come here again; raises NotFound, Stale, NotEnded."""
    unit = _taken(department_id, version, by)
    if unit.active:
        raise NotEnded
    unit.active = True
    return saved_department(unit, "department_reopened", by)


def _taken(department_id: UUID, version: int, by: Actor) -> Department:
    require(by, "staff.manage")
    unit = Department.objects.select_for_update().filter(id=department_id).first()
    if unit is None:
        raise NotFound
    if unit.version != version:
        raise Stale(current=unit.version)
    return unit


def _require_free(name: str) -> None:
    if not name.strip():
        raise Invalid(errors={"name": ["required"]})
    if Department.objects.filter(name=name.strip()).exists():
        raise DepartmentExists(name=name.strip())


def _once(name: str) -> AbstractContextManager[None]:
    """Somebody else may give the name in the same moment."""
    return taken("department_name", DepartmentExists(name=name))


def _heir(to: UUID, leaving: Department) -> Heir:
    others = Department.objects.select_for_update().exclude(id=leaving.id)
    found = others.filter(id=to, active=True).first()
    if found is None:
        raise Invalid(errors={"to": ["unknown"]})
    return Heir(found.id, found.name)


def _count_people(department_id: UUID) -> int:
    return Post.objects.filter(department=department_id, active=True).count()


def _pass_on_people(leaving: UUID, heir: Heir, by: Actor) -> None:
    for post in Post.objects.select_for_update().filter(department=leaving).order_by("id"):
        post.department_id, post.version = heir.id, post.version + 1
        post.save(update_fields=["department", "version"])
        detail = {"department": str(heir.id)}
        audit.record("staff.post_changed", subject="post", subject_id=post.id, by=by, detail=detail)


holdings.on_departments([holdings.Kind("staff.people", _count_people, _pass_on_people)])
