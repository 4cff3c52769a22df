"""Who may know of a sealed file: the posts in its circle, and nobody by role alone."""

from uuid import UUID

from django.db.models import QuerySet

from apps.cases import permissions as cases
from apps.conduct.errors import NotYours
from apps.conduct.models import ConductFile, Reveal
from apps.conduct.rules import State, Step, steps_from
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden

DECIDERS = frozenset({Role.SUPERVISOR, Role.HALL_ADMIN, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})
HANDLERS = DECIDERS | {Role.SHIFT_LEAD}
WATCHERS = frozenset({Role.SUPERVISOR, Role.DISCIPLINE_OBSERVER})
"""Whoever holds one of these roles belongs to the circle of every file that is not about them."""
SUPERVISING = frozenset({Role.SUPERVISOR, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})
staff.grant(
    {
        "conduct.open": cases.AT_THE_DESK | SUPERVISING,
        "conduct.page": cases.AT_THE_DESK | SUPERVISING | HANDLERS | WATCHERS,
        "conduct.read": HANDLERS | WATCHERS,
        "conduct.handle": HANDLERS,
        "conduct.decide": DECIDERS,
        "conduct.audit": SUPERVISING,
        "conduct.watch": WATCHERS,
        "conduct.own": staff.EVERYONE,
        "conduct.figures": frozenset({Role.CITY_ADMIN, Role.SUPERVISOR, Role.ANALYST}),
    }
)
_DECIDED = frozenset(
    {
        Step.ACCUSE,
        Step.APPOINT,
        Step.FIND,
        Step.MEASURE,
        Step.HAND_OVER,
        Step.RELEASE,
        Step.ARCHIVE,
        Step.SEND_UP,
        Step.CARRY_ON,
    }
)


def visible_to(by: Actor) -> QuerySet[ConductFile, ConductFile]:
    """The files whose circle names the actor, as long as role and unit still fit: who lost the
    role, or was moved into an accused unit, loses sight in the same moment."""
    if not staff.may(by, "conduct.read"):
        return ConductFile.objects.none()
    mine = cases.files_of(by).values("id")
    rows = ConductFile.objects.filter(case_id__in=mine).exclude(
        accused_posts__contains=[by.post_id]
    )
    return rows.exclude(accused_units__contains=[by.department_id]) if by.department_id else rows


def right_for(step: Step) -> str:
    """The permission a step asks for."""
    if step is Step.RECUSE:
        return "conduct.read"
    return "conduct.decide" if step in _DECIDED else "conduct.handle"


def require_step(by: Actor, step: Step) -> None:
    """Raise Forbidden unless the actor's roles allow the step."""
    staff.require(by, right_for(step))


def allowed_steps(by: Actor, file: ConductFile) -> list[str]:
    """The steps this actor can take now."""
    known = steps_from(State(file.state), file.result)
    return [step.value for step in known if staff.may(by, right_for(step))]


def require_second(by: Actor, asked: Reveal) -> None:
    """Raise unless the actor may handle files and is not the one who asked."""
    staff.require(by, "conduct.handle")
    if by.post_id == asked.asked_by:
        raise NotYours


def post_of(by: Actor) -> UUID:
    """The post that acts; raises Forbidden for the system and for devices."""
    if by.post_id is None:
        raise Forbidden(permission="conduct.read")
    return by.post_id
