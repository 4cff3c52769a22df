"""Who sees a paper, who issues which, who may read whom it names (domain.md §4.1)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db.models import Q, QuerySet

from apps.cases import permissions as cases
from apps.documents.models import Paper
from apps.documents.rules import Paper as Code
from apps.oversight import permissions as oversight
from apps.staff import permissions as staff
from apps.work import permissions as work
from apps.work.kinds.kind import COUNTER, DESK
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

_RECEPTION = cases.AT_THE_DESK | {Role.GUIDANCE_OFFICER}
ISSUERS: Mapping[Code, frozenset[Role]] = MappingProxyType(
    {
        Code.REGISTRATION: cases.AT_THE_DESK,
        Code.DISPATCH: DESK,
        Code.URGE: DESK | oversight.SUPERVISORS,
        Code.SUPERVISION: oversight.ORDERERS,
        Code.ONE_TIME_NOTICE: cases.AT_THE_DESK | cases.UNIT,
        Code.DEFERRED_PROMISE: COUNTER | cases.UNIT,
        Code.DEFERRED_NOTICE: COUNTER | cases.UNIT,
        Code.EXPLANATION: DESK,
        Code.REFUSAL_REPORT: cases.AT_THE_DESK,
        Code.MINUTES: work.CONVENERS,
        Code.GUIDANCE: _RECEPTION,
    }
)
"""Each paper's own people: those who take the step that it puts on paper."""
_ISSUE = frozenset().union(*ISSUERS.values())
staff.grant(
    {
        "papers.read": cases.SEE_THE_HALL | cases.UNIT | {Role.ASSISTANT, Role.GUIDANCE_OFFICER},
        "papers.issue": _ISSUE,
        "papers.void": DESK,
        "templates.read": staff.MANAGERS | {Role.SHIFT_LEAD},
        "templates.edit": staff.MANAGERS,
    }
)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def may(by: Actor, permission: str) -> bool:
    return staff.may(by, permission)


def may_issue(by: Actor, paper: Code) -> bool:
    return staff.may(by, "papers.issue") and (by is SYSTEM or by.has_role(*ISSUERS[paper]))


def require_issue(by: Actor, paper: Code) -> None:
    """Raise Forbidden for a role that does not issue this paper."""
    if not may_issue(by, paper):
        raise Forbidden(permission=f"papers.{paper}")


def visible_to(by: Actor) -> QuerySet[Paper, Paper]:
    """The papers of what the actor sees: their cases, orders, meetings, receptions. None of a
    sealed file: each of these leaves them out."""
    return Paper.objects.filter(
        Q(subject__in=("case", "work"), case_id__in=cases.visible_to(by).values("id"))
        | Q(subject="order", subject_id__in=oversight.orders_of(by).values("id"))
        | Q(subject="meeting", subject_id__in=work.meetings_seen(by).values("id"))
        | Q(subject="reception", subject_id__in=cases.receptions_seen(by).values("id"))
    )


def whole(papers: Iterable[Paper], by: Actor) -> list[Paper]:
    """Those of them that name no case the actor may not see: minutes may be about several."""
    found = list(papers)
    named = {case for one in found if one.subject == "meeting" for case in one.case_ids}
    if not named:
        return found
    seen = set(cases.visible_to(by).filter(id__in=named).values_list("id", flat=True))
    return [one for one in found if one.subject != "meeting" or seen.issuperset(one.case_ids)]


def sees_persons(by: Actor) -> bool:
    """Whether the actor may open who asked at all."""
    return staff.may(by, "cases.reveal")


def require_person(by: Actor, *, sees: bool) -> None:
    """Raise Forbidden for whoever may not know the person that a paper names."""
    if not (sees and sees_persons(by)):
        raise Forbidden(permission="cases.reveal")
