"""The hall's people and departments as their administrators read them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.staff import holdings, permissions, rules, sessions
from apps.staff.models import Department, Post
from apps.staff.permissions import may, require
from apps.staff.proposals import Proposal
from bancheng.city.exchange import questions
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import NotFound

STATES = ("active", "locked", "ended")
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list; empty ones mean all. `text` is part of a name or user name."""

    state: str = ""
    role: str = ""
    department: UUID | None = None
    text: str = ""


def people(wanted: Wanted, by: Actor) -> list[dict[str, Any]]:
    """The posts of the hall, those at work first, by name. Who only confirms sees what waits."""
    require(by, "staff.confirm")
    rows = Post.objects.select_related("department").filter(_filter(wanted))
    if not may(by, "staff.manage"):
        rows = rows.filter(proposed__isnull=False, active=True)
    return [body(post) for post in _ordered(rows)[:_MOST]]


def person(post_id: UUID, by: Actor) -> Post:
    """One post; raises NotFound."""
    require(by, "staff.manage")
    found = Post.objects.select_related("department").filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found


def file_of(post: Post) -> dict[str, Any]:
    """A post with what hangs on it and where its person is signed in."""
    held = holdings.of_post(post.id) if post.active else []
    return body(post) | {
        "holdings": held,
        "sessions": sessions.of_post(post.id),
        "last_guardian": post.active and permissions.is_last_guardian(post),
    }


def questions_of(by: Actor) -> list[dict[str, Any]]:
    """What the halls below ask about their posts, as this hall's answering roles read it."""
    require(by, "staff.answer_below")
    return [
        {
            "id": one.id,
            "hall": one.hall_name,
            "person": one.about.person,
            "username": one.about.username,
            "what": one.about.what,
            "roles": one.about.roles,
            "reason": one.about.reason,
            "by": one.about.by,
            "at": one.at,
        }
        for one in questions.open_questions()
    ]


def body(post: Post) -> dict[str, Any]:
    """A post as it is shown."""
    closed = post.locked_until is not None and post.locked_until > clock.now()
    unit = post.department
    return {
        "id": post.id,
        "username": post.username,
        "name": post.name,
        "roles": post.roles,
        "department": {"id": unit.id, "name": unit.name} if unit else None,
        "state": "ended" if not post.active else "locked" if post.locked else "active",
        "locked_until": post.locked_until if closed else None,
        "proposed": Proposal.of(post.proposed),
        "version": post.version,
    }


def given_by(by: Actor) -> dict[str, list[str]]:
    """The roles that the reader may give or propose, and which of all take two."""
    return {"gives": sorted(rules.gives(by.roles)), "two": sorted(rules.SECOND)}


def departments(by: Actor) -> list[dict[str, Any]]:
    """All departments in their order, closed ones last: their leads, how many work there."""
    require(by, "staff.manage")
    counts, leads = _at_work()
    rows = Department.objects.order_by("-active", "position", "name", "id")
    return [unit_body(unit, counts[unit.id], leads[unit.id]) for unit in rows]


def department(department_id: UUID, by: Actor) -> dict[str, Any]:
    """One department with what hangs on it; raises NotFound."""
    require(by, "staff.manage")
    unit = Department.objects.filter(id=department_id).first()
    if unit is None:
        raise NotFound
    counts, leads = _at_work(unit.id)
    held = holdings.of_department(unit.id) if unit.active else []
    return unit_body(unit, counts[unit.id], leads[unit.id]) | {"holdings": held}


def unit_body(unit: Department, people: int, leads: list[str]) -> dict[str, Any]:
    """A department as it is shown."""
    fields = ("id", "name", "duty_phone", "scope", "position", "active", "version")
    return {name: getattr(unit, name) for name in fields} | {"people": people, "leads": leads}


def unit_after(unit: Department) -> dict[str, Any]:
    """The same after a change of it."""
    counts, leads = _at_work(unit.id)
    return unit_body(unit, counts[unit.id], leads[unit.id])


def _at_work(only: UUID | None = None) -> tuple[Counter[UUID], defaultdict[UUID, list[str]]]:
    rows = Post.objects.filter(active=True, department__isnull=False)
    if only is not None:
        rows = rows.filter(department=only)
    counts: Counter[UUID] = Counter()
    leads: defaultdict[UUID, list[str]] = defaultdict(list)
    for unit, name, roles in rows.order_by("name").values_list("department_id", "name", "roles"):
        if unit is not None:
            counts[unit] += 1
            if Role.DEPT_LEAD in roles:
                leads[unit].append(name)
    return counts, leads


def _filter(wanted: Wanted) -> Q:
    found = Q()
    if wanted.state:
        found &= Q(active=wanted.state != "ended")
        found &= Q(locked=wanted.state == "locked") if wanted.state != "ended" else Q()
    if wanted.role:
        found &= Q(roles__contains=[wanted.role])
    if wanted.department is not None:
        found &= Q(department=wanted.department)
    if wanted.text:
        found &= Q(name__icontains=wanted.text) | Q(username__icontains=wanted.text)
    return found


def _ordered(rows: QuerySet[Post, Post]) -> QuerySet[Post, Post]:
    return rows.order_by("-active", "department__position", "name", "id")
