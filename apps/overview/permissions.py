"""Who may compare halls (domain.md §4.1): the city's and the districts' own people."""

from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden
from bancheng.kernel.hall import Level, here

TABLE = {
    "city.read": frozenset({Role.CITY_ADMIN, Role.DISTRICT_ADMIN, Role.SUPERVISOR, Role.ANALYST}),
}
staff.grant(TABLE)


def require_overview(by: Actor) -> None:
    """Raise Forbidden without the role, and in a street hall whatever the role."""
    staff.require(by, "city.read")
    if here().level == Level.STREET:
        raise Forbidden(permission="city.read")
