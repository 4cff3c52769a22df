"""What an actor may do: one table per app, gathered here, asked by services.

A cell that is not in a table is a no. Nobody is above the table (security.md §1.2).
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from apps.staff import limits, rules
from apps.staff.errors import (
    AlreadyProposed,
    LastAdministrator,
    LastGuardian,
    MutualConfirmation,
    RoleElsewhere,
    RoleNotYours,
    RolesClash,
)
from apps.staff.models import Post
from apps.staff.proposals import Vouched
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.kernel.hall import here

_table: dict[str, frozenset[Role]] = {}

EVERYONE = frozenset(Role)
READERS_OF_STAFF = EVERYONE - {Role.ANALYST, Role.DISCIPLINE_OBSERVER}
MANAGERS = rules.ADMINISTERING
ABOVE = frozenset({Role.SUPERVISOR, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})
"""Who answers, in the hall above, what a hall asks about those who watch it."""


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
        "staff.confirm": MANAGERS | rules.WATCHING,
        "staff.answer_below": ABOVE,
        "devices.manage": MANAGERS | {Role.SHIFT_LEAD},
        "schema.read": EVERYONE,
        "catalogue.read": EVERYONE,
    }
)


def require_roles(by: Actor, roles: Collection[Role], changed: Collection[Role]) -> None:
    """Raise unless these roles may be held together here, and the actor may give and take those
    that change: Invalid for none at all, RoleNotYours, RolesClash, RoleElsewhere."""
    if not roles:
        raise Invalid(errors={"roles": ["required"]})
    beyond = frozenset(changed) - rules.gives(by.roles)
    if beyond and by is not SYSTEM:
        raise RoleNotYours(roles=sorted(beyond))
    require_fitting(roles)


def require_fitting(roles: Collection[Role]) -> None:
    """Raise RolesClash or RoleElsewhere for roles that nobody holds together, or not here."""
    if clashing := rules.clashing(roles):
        raise RolesClash(roles=clashing)
    if strange := rules.strange(roles, here().level):
        raise RoleElsewhere(roles=strange)


def require_an_administrator(
    *, but: Post, before: Collection[Role], after: Collection[Role]
) -> None:
    """Raise LastAdministrator when nobody could administer the hall any more, once `but` holds
    other roles. Changes of posts wait for each other (`taking`), so that two cannot leave at the
    same moment."""
    if not rules.ADMINISTERING & frozenset(before) or rules.ADMINISTERING & frozenset(after):
        return
    if not any(held & rules.ADMINISTERING for held in _held_by_others(but)):
        raise LastAdministrator


def require_nothing_waits(post: Post, wanted: Collection[Role | str]) -> None:
    """Raise AlreadyProposed when something waits and something more would."""
    if wanted and post.proposed is not None:
        raise AlreadyProposed


def require_guardians(*, but: Post, before: Collection[Role], after: Collection[Role]) -> None:
    """Raise LastGuardian when `but` is the last here to hold a role that watches, and would not
    any more: who administers must not rid herself of who looks on (domain.md §4.1)."""
    if not rules.WATCHING & frozenset(before):
        return
    if lost := rules.unguarded(before, after, _held_by_others(but)):
        raise LastGuardian(roles=lost)


def is_last_guardian(post: Post) -> bool:
    """Whether nobody else here holds one of the watching roles of this post."""
    held = frozenset(map(Role, post.roles))
    return bool(held & rules.WATCHING and rules.unguarded(held, (), _held_by_others(post)))


def seconds(post: Post, by_post: UUID | None, wanted: Collection[Role]) -> frozenset[Role]:
    """The roles of which somebody may confirm what `by_post` proposed: those of the table. Where
    the hall has nobody of these but the two concerned: nobody here, the hall above decides; at the
    top, any other administrator."""
    table = [rules.SECOND[role] for role in wanted]
    both = frozenset.intersection(*table) if table else rules.ADMINISTERING
    others = _held_by_others(post, by_post)
    if both and any(one & both for one in others):
        return both
    return frozenset() if here().parent_id is not None else rules.ADMINISTERING


def require_not_mutual(by: Actor, post: Post) -> None:
    """Raise MutualConfirmation when the actor's own role came from whom this post is about."""
    own = Post.objects.filter(id__in=[by.post_id]).values_list("vouched", flat=True).first()
    span = limits.mutual()
    if rules.owes(Vouched.all_of(own or []), post.id, clock.now() - span):
        raise MutualConfirmation(days=span.days)


def _held_by_others(but: Post, besides: UUID | None = None) -> list[frozenset[Role]]:
    rows = Post.objects.filter(active=True, locked=False).exclude(id=but.id)
    if besides is not None:
        rows = rows.exclude(id=besides)
    return [frozenset(map(Role, roles)) for roles in rows.values_list("roles", flat=True)]
