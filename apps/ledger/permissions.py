"""Who reads the ledger, marks it, takes files of it, and decides about names in plain."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.cases import permissions as cases
from apps.ledger.models import Export, ExportState, View
from apps.notices import services as notices
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

_ABOVE = frozenset({Role.SUPERVISOR, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})
_EXPORT = cases.DESK | _ABOVE | {Role.DEPT_LEAD}
DECIDERS = frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.SUPERVISOR})
staff.grant(
    {
        "ledger.read": cases.SEE_THE_HALL | cases.UNIT,
        "ledger.mark": cases.DESK,
        "ledger.bulk": cases.DESK | {Role.WINDOW_CLERK, Role.SUPERVISOR},
        "ledger.team_views": cases.DESK | {Role.DEPT_LEAD, Role.SUPERVISOR},
        "ledger.export": _EXPORT,
        "ledger.export_plain": cases.DESK | {Role.DEPT_LEAD, Role.SUPERVISOR},
        "ledger.export_decide": DECIDERS,
    }
)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def views_of(by: Actor) -> QuerySet[View, View]:
    """One's own saved views and those of the team."""
    return View.objects.filter(Q(owner=by.post_id) | Q(team=True))


def may_change(by: Actor, view: View) -> bool:
    """Its owner; a team's view also who manages the hall."""
    return view.owner == by.post_id or (view.team and by.has_role(Role.HALL_ADMIN))


def require_change(by: Actor, view: View) -> None:
    """Raise Forbidden for anybody else."""
    if not may_change(by, view):
        raise Forbidden(permission="ledger.team_views")


def exports_of(by: Actor) -> QuerySet[Export, Export]:
    """What one asked for, and for those who decide everything that was asked."""
    if by is SYSTEM or staff.may(by, "ledger.export_decide"):
        return Export.objects.all()
    return Export.objects.filter(Q(asker=by.post_id))


def may_decide(by: Actor, export: Export) -> bool:
    """A second person with the right role, while it waits."""
    waits = export.state == ExportState.ASKED and export.asker != by.post_id
    return waits and staff.may(by, "ledger.export_decide")


@notices.visible("ledger_export")
def exports_seen(by: Actor) -> QuerySet[Any, Any]:
    """A notice about a file is read by who may see what was asked."""
    return exports_of(by).values("id")
