"""Who has to be there before a desk opens (domain.md §4.1)."""

from collections.abc import Iterable
from typing import Any

from apps.setup.readiness import Found, check, enough
from apps.staff import queries as staff
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import here

MUST_BE_THERE = (Role.HALL_ADMIN, Role.SHIFT_LEAD, Role.DESK_OFFICER)
SHOULD_BE_THERE = (Role.WINDOW_CLERK, Role.GUIDANCE_OFFICER, Role.SUPERVISOR)
MAY_APPROVE = frozenset(
    {
        Role.SHIFT_LEAD,
        Role.HALL_ADMIN,
        Role.DISTRICT_ADMIN,
        Role.CITY_ADMIN,
        Role.SUPERVISOR,
        Role.DEPT_LEAD,
    }
)
_UNIT = frozenset({Role.DEPT_HANDLER, Role.DEPT_LEAD})
_MOST_NAMES = 8


@check("departments", step="people", page="/people/departments")
def departments() -> Found:
    """Cases are dispatched to units, and people call the unit on duty."""
    units = staff.departments()
    silent = [one["name"] for one in units if not one["duty_phone"]]
    if not units:
        return Found("missing", {"count": 0})
    return enough(not silent, {"count": len(units), "names": silent[:_MOST_NAMES]}, "warn")


@check("department_people", step="people", page="/people/people")
def department_people() -> Found:
    """A unit without anybody who signs lets every case lie."""
    staffed = {one["department_id"] for one in staff.posts() if _has(one, _UNIT)}
    empty = [one["name"] for one in staff.departments() if one["id"] not in staffed]
    return enough(not empty, {"count": len(staffed), "names": empty[:_MOST_NAMES]})


@check("desk_roles", step="people", page="/people/people")
def desk_roles() -> Found:
    """The desk's own people: somebody for each role it cannot work without."""
    held = {role for one in staff.posts() for role in one["roles"]}
    lacking = [role.value for role in MUST_BE_THERE if role not in held]
    wanted = [role.value for role in SHOULD_BE_THERE if role not in held]
    if lacking:
        return Found("missing", {"roles": lacking})
    return enough(not wanted, {"roles": wanted}, "warn")


@check("four_eyes", step="people", page="/people/people")
def four_eyes() -> Found:
    """A refusal is approved by somebody else (C-11): two persons at least who may."""
    found = [one for one in staff.posts() if _has(one, MAY_APPROVE)]
    return enough(len(found) >= 2, {"count": len(found)})


@check("discipline", step="people", page="/people/people")
def discipline() -> Found:
    """不给办 goes into a sealed file that somebody outside the line must read (C-13)."""
    found = [one for one in staff.posts() if _has(one, {Role.DISCIPLINE_OBSERVER})]
    return enough(bool(found), {"count": len(found)}, "warn")


@check("desk_name", step="hall", page="/people/desk")
def desk_name() -> Found:
    """What the desk is called here (C-83); the standard name will do."""
    return enough(bool(here().desk_name.strip()), {"name": here().desk_name})


def _has(post: dict[str, Any], roles: Iterable[Role]) -> bool:
    return not {role.value for role in roles}.isdisjoint(post["roles"])
