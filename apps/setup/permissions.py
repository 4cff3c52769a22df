"""Who sets a hall up (domain.md §4.1): its managers; the items of a network, its city hall."""

from apps.staff import permissions as staff
from bancheng.city.parameters.errors import NotTheCity
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import Level, here

TABLE = {
    "setup.read": staff.MANAGERS | {Role.SHIFT_LEAD},
    "setup.configure": staff.MANAGERS,
    "setup.items": frozenset({Role.CITY_ADMIN}),
}
staff.grant(TABLE)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def require_items(by: Actor) -> None:
    """The city's administrator, in the city's own hall: Forbidden, NotTheCity."""
    staff.require(by, "setup.items")
    if here().level != Level.CITY:
        raise NotTheCity


def keeps_items(by: Actor) -> bool:
    """Whether the actor changes the network's items here."""
    return staff.may(by, "setup.items") and here().level == Level.CITY
