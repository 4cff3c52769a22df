"""Who may read and decide what a place keeps differently (domain.md §4.1)."""

from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor, Role

TABLE = {
    "policies.read": staff.EVERYONE,
    "policies.parameters": staff.MANAGERS | {Role.SHIFT_LEAD, Role.SUPERVISOR},
    "policies.decide": staff.MANAGERS,
    "policies.publish": frozenset({Role.CITY_ADMIN}),
}
staff.grant(TABLE)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def require_decision(by: Actor, *, network: bool) -> None:
    """Who decides for the hall; for the whole network, only the city's administrator."""
    staff.require(by, "policies.publish" if network else "policies.decide")
