"""Who sees which case and who may take which step (domain.md §4.1)."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.cases import turns
from apps.cases.errors import StepNotAllowed
from apps.cases.models import Case, Reception
from apps.cases.rules import BY_THE_OTHER_HALL, State, Step, steps_from
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

DESK = turns.DESK
AT_THE_DESK = DESK | {Role.WINDOW_CLERK}
UNIT = frozenset({Role.DEPT_HANDLER, Role.DEPT_LEAD})
APPROVERS = frozenset(
    {Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.SUPERVISOR, Role.DISTRICT_ADMIN, Role.CITY_ADMIN}
)
SEE_THE_HALL = AT_THE_DESK | {
    Role.DISTRICT_ADMIN,
    Role.CITY_ADMIN,
    Role.SUPERVISOR,
    Role.DISCIPLINE_OBSERVER,
}
RECEIVERS = DESK | {Role.DISTRICT_ADMIN}
TABLE = {
    "cases.read": SEE_THE_HALL | UNIT | {Role.ASSISTANT},
    "cases.register": AT_THE_DESK,
    "cases.triage": AT_THE_DESK,
    "cases.dispatch": DESK,
    "cases.designate": APPROVERS,
    "cases.return": frozenset({Role.DEPT_LEAD}),
    "cases.assist-sign": UNIT,
    "cases.assist-reply": UNIT,
    "cases.hand-over": AT_THE_DESK,
    "cases.hand-over-answer": AT_THE_DESK,
    "cases.report-up": AT_THE_DESK | UNIT,
    "cases.report-up-answer": APPROVERS | {Role.DEPT_LEAD},
    "cases.pause": DESK | UNIT,
    "cases.resume": AT_THE_DESK | UNIT,
    "cases.extension": UNIT,
    "cases.extension-decision": frozenset({Role.DEPT_LEAD, Role.SHIFT_LEAD, Role.HALL_ADMIN}),
    "cases.explanation": AT_THE_DESK | UNIT,
    "cases.appeal": AT_THE_DESK,
    "cases.appeal-answer": APPROVERS,
    "cases.sign": UNIT,
    "cases.contact": UNIT,
    "cases.reply": UNIT,
    "cases.review": DESK,
    "cases.refusal": AT_THE_DESK,
    "cases.refusal-approval": APPROVERS,
    "cases.deliver": DESK,
    "cases.callback": DESK,
    "cases.reopen": DESK,
    "cases.close": AT_THE_DESK,
    "cases.undo": AT_THE_DESK | APPROVERS,
    "cases.referrals": DESK,
    "cases.reveal": AT_THE_DESK | UNIT | {Role.ASSISTANT},
    "receptions.read": SEE_THE_HALL | UNIT | {Role.GUIDANCE_OFFICER},
    "receptions.register": AT_THE_DESK | {Role.GUIDANCE_OFFICER},
    "referrals.read": SEE_THE_HALL,
    "referrals.decide": RECEIVERS,
}
staff.grant(TABLE)
_OF_THE_UNIT = frozenset({Step.SIGN, Step.CONTACT, Step.REPLY, Step.RETURN, Step.EXTENSION})


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def open_to_the_hall() -> QuerySet[Case, Case]:
    """What is counted and shown without asking who looks: every case that is not sealed."""
    return Case.objects.all()


def files_of(by: Actor) -> QuerySet[Case, Case]:
    """The sealed files that name the actor in their circle; for everybody else there are none,
    whatever their role (C-13, D13). No list, step or topic of ordinary cases leads to them."""
    if by.post_id is None:
        return Case.objects.none()
    return Case.every.filter(sealed=True, circle__contains=[by.post_id])


def visible_to(by: Actor) -> QuerySet[Case, Case]:
    """The open cases an actor may know of: a department's people only those of their unit, and
    everybody those in which a piece of work was given to them (domain.md §4.1 `assistant`).
    Sealed ones are never among them, not even the system's: they are `files_of` their circle.
    The empty lists are named so that the index of the few that are not empty serves."""
    if by is SYSTEM or by.has_role(*SEE_THE_HALL):
        return Case.objects.all()
    if by.post_id is None:
        return Case.objects.none()
    mine = ~Q(helpers=[]) & Q(helpers__contains=[by.post_id])
    if by.has_role(*UNIT) and by.department_id is not None:
        assisting = Q(assist_units__contains=[{"id": str(by.department_id)}])
        mine |= Q(lead_unit=by.department_id) | ~Q(assist_units=[]) & assisting
    return Case.objects.filter(mine)


def receptions_seen(by: Actor) -> QuerySet[Reception, Reception]:
    """The receptions an actor may read: a department's people those of their section (C-31)."""
    if by is SYSTEM or by.has_role(*SEE_THE_HALL, Role.GUIDANCE_OFFICER):
        return Reception.objects.all()
    if by.has_role(*UNIT) and by.department_id is not None:
        return Reception.objects.filter(section=by.department_id)
    return Reception.objects.none()


def entrusted() -> QuerySet[Case, Case]:
    """The cases that somebody may act in without seeing them: a part was given to their unit."""
    return Case.objects.all()


def sees_case(by: Actor, case_id: UUID) -> bool:
    """Whether a case exists for this actor (live topics, drafts)."""
    return staff.may(by, "cases.read") and visible_to(by).filter(id=case_id).exists()


def sees_identity(by: Actor, case: Case) -> bool:
    """A confidential applicant stays unknown to departments (domain.md §4.1)."""
    helps = by.post_id in case.helpers
    return not case.confidential or helps or by is SYSTEM or by.has_role(*SEE_THE_HALL)


def allowed_steps(by: Actor, case: Case) -> list[str]:
    """The verbs this actor can use now, each once."""
    steps = (step for step in steps_from(State(case.state)) if _may(by, case, step))
    return list(dict.fromkeys(step.verb for step in steps))


def require_step(by: Actor, case: Case, step: Step) -> None:
    """Raise Forbidden for the wrong person, StepNotAllowed for the wrong moment; then what only
    depends on this case (`turns`)."""
    if not _has_right(by, case, step):
        raise Forbidden(permission=f"cases.{step.verb}")
    if step not in steps_from(State(case.state)):
        allowed = allowed_steps(by, case)
        raise StepNotAllowed(state=case.state, step=step.verb, allowed=allowed)
    refused = None if by is SYSTEM else turns.denied(by, case, step)
    if refused is not None:
        raise refused


def _may(by: Actor, case: Case, step: Step) -> bool:
    if not _has_right(by, case, step):
        return False
    return by is SYSTEM or turns.denied(by, case, step) is None


def _has_right(by: Actor, case: Case, step: Step) -> bool:
    """Role, token scope and unit."""
    if by is SYSTEM:
        return True
    if step in BY_THE_OTHER_HALL or not staff.may(by, f"cases.{step.verb}"):
        return False
    return step not in _OF_THE_UNIT or by.department_id == case.lead_unit
