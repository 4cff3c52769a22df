"""Who is asked: units and posts of this hall, by the names they have today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apps.cases.details import Detail, Named
from apps.cases.services import recording
from apps.staff import queries as staff
from apps.work.models import WorkItem
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

NOBODY = Named(None, "")


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece of work asks, and of whom."""

    asked: Detail
    unit: Named = NOBODY
    post: Named = NOBODY
    members: tuple[UUID, ...] = ()


def apart(asked: Detail) -> list[Part]:
    """One part for each of the `units` that are asked, else one. Raises Invalid for a unit or a
    post that is not of this hall."""
    post = _post(getattr(asked, "post", None))
    members = tuple(unit.id for unit in units(getattr(asked, "members", ()), "members") if unit.id)
    if hasattr(asked, "units"):
        several: Any = asked
        asking = units(several.units, "units")
        if not asking:
            raise Invalid(errors={"units": ["required"]})
        return [Part(replace(several, units=()), unit, post, members) for unit in asking]
    single = getattr(asked, "unit", None)
    unit = units([single], "unit")[0] if single else NOBODY
    return [Part(asked, unit, post, members)]


def units(wanted: Iterable[UUID], field: str) -> list[Named]:
    """Departments of this hall by name, each once; raises Invalid."""
    known = {row["id"]: row["name"] for row in staff.departments()}
    asked = list(dict.fromkeys(wanted))
    if not set(asked) <= set(known):
        raise Invalid(errors={field: ["unknown"]})
    return [Named(unit, known[unit]) for unit in asked]


def _post(wanted: UUID | None) -> Named:
    if wanted is None:
        return NOBODY
    found = staff.actor_of_post(wanted)
    if found is None:
        raise Invalid(errors={"post": ["unknown"]})
    return Named(wanted, found.name)


def owner(item: WorkItem) -> recording.Owner:
    """Whose clock it is: the unit asked, else the desk, by the name of the post that was asked."""
    if item.unit is not None:
        return recording.Owner(item.unit, item.unit_name)
    return recording.Owner(None, item.post_name) if item.post else recording.desk()


def unit_name(by: Actor) -> str:
    """The actor's department by name; empty for the desk and for the system."""
    found = staff.department(by.department_id) if by.department_id else None
    return found.name if found else ""


def with_helpers(helpers: Collection[UUID], items: Iterable[WorkItem]) -> list[UUID]:
    """The posts that a case is open to for the sake of a piece of work."""
    added = [item.post for item in items if item.post and item.open]
    return list(dict.fromkeys([*helpers, *added]))


def without_helper(helpers: Collection[UUID], ended: WorkItem) -> list[UUID]:
    """Once nothing of a case is given to somebody any more, they see it no more."""
    rows = WorkItem.objects.filter(case_id=ended.case_id, post=ended.post, open=True)
    if ended.post is None or rows.exclude(id=ended.id).exists():
        return list(helpers)
    return [post for post in helpers if post != ended.post]
