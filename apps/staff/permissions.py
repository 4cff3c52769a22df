"""What an actor may do: one table per app, gathered here, asked by services.

A cell that is not in a table is a no. Nobody is above the table (security.md §1.2).
"""

from collections.abc import Mapping

from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

_table: dict[str, frozenset[Role]] = {}

EVERYONE = frozenset(Role)
READERS_OF_STAFF = EVERYONE - {Role.ANALYST, Role.DISCIPLINE_OBSERVER}
MANAGERS = frozenset({Role.HALL_ADMIN, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})


def grant(permissions: Mapping[str, frozenset[Role]]) -> None:
    """Add an app's table; a name may be granted once."""
    for name, roles in permissions.items():
        if _table.get(name, roles) != roles:
            raise ValueError(f"{name} is granted twice")
        _table[name] = roles


def table() -> dict[str, frozenset[Role]]:
    """The whole table, for tests and documents."""
    return dict(_table)


def may(by: Actor, permission: str) -> bool:
    """True when one of the actor's roles is granted the permission and its token's scope allows."""
    if by is SYSTEM:
        return True
    in_scope = by.scopes is None or permission in by.scopes
    return in_scope and not by.roles.isdisjoint(_table[permission])


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor may."""
    if not may(by, permission):
        raise Forbidden(permission=permission)


def is_device(by: Actor, *kinds: str) -> bool:
    """True for a paired screen of one of these kinds; its scope is its kind."""
    return by.kind == "device" and by.scopes is not None and not by.scopes.isdisjoint(kinds)


def allowed(by: Actor) -> list[str]:
    """The names of all the actor may do, sorted."""
    return sorted(name for name in _table if may(by, name))


grant(
    {
        "staff.read": READERS_OF_STAFF,
        "staff.manage": MANAGERS,
        "devices.manage": MANAGERS | {Role.SHIFT_LEAD},
        "schema.read": EVERYONE,
        "catalogue.read": EVERYONE,
    }
)
