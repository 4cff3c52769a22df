"""Who may give which role to whom: plain data (domain.md §4.1, security.md §1.2 separated duties).

Nobody changes her own post. The roles that see sealed files or rule over other halls need two
people: one proposes, another confirms. Whoever could reset the password of such a post would hold
its role, so that needs the same two. Where nobody in the hall may be the second, and before the
last one who watches is let go, the hall above agrees.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from apps.staff.proposals import Vouched
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import Level

AT_WORK = frozenset(
    {
        Role.DESK_OFFICER,
        Role.WINDOW_CLERK,
        Role.GUIDANCE_OFFICER,
        Role.GREETER,
        Role.ASSISTANT,
        Role.DEPT_HANDLER,
        Role.DEPT_LEAD,
        Role.SHIFT_LEAD,
        Role.HALL_ADMIN,
        Role.ANALYST,
    }
)
WATCHING = frozenset({Role.SUPERVISOR, Role.DISCIPLINE_OBSERVER})
OF_UNITS = frozenset({Role.DEPT_HANDLER, Role.DEPT_LEAD})
ADMINISTERING = frozenset({Role.HALL_ADMIN, Role.DISTRICT_ADMIN, Role.CITY_ADMIN})

GIVES: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.HALL_ADMIN: AT_WORK | WATCHING,
        Role.DISTRICT_ADMIN: AT_WORK | WATCHING | {Role.DISTRICT_ADMIN},
        Role.CITY_ADMIN: AT_WORK | WATCHING | {Role.DISTRICT_ADMIN, Role.CITY_ADMIN},
    }
)
"""By the giver's role: what may be given, and proposed where it takes two."""

SECOND: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.SUPERVISOR: WATCHING,
        Role.DISCIPLINE_OBSERVER: WATCHING,
        Role.DISTRICT_ADMIN: frozenset({Role.DISTRICT_ADMIN, Role.CITY_ADMIN}),
        Role.CITY_ADMIN: frozenset({Role.CITY_ADMIN}),
    }
)
"""By the role given: who confirms it. Where a hall has nobody of these, the hall above does; the
one at the top takes any other administrator, or is helped from the command line."""

LEVELS: Mapping[Role, frozenset[Level]] = MappingProxyType(
    {
        Role.DISTRICT_ADMIN: frozenset({Level.DISTRICT, Level.CITY}),
        Role.CITY_ADMIN: frozenset({Level.CITY}),
    }
)
"""Roles that only a hall of some level has; the others exist everywhere."""

APART: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({Role.DISCIPLINE_OBSERVER}), frozenset(Role) - {Role.DISCIPLINE_OBSERVER}),
    (frozenset({Role.ANALYST}), frozenset(Role) - {Role.ANALYST}),
    (
        frozenset({Role.SUPERVISOR}),
        ADMINISTERING
        | OF_UNITS
        | {Role.DESK_OFFICER, Role.WINDOW_CLERK, Role.ASSISTANT, Role.SHIFT_LEAD},
    ),
)
"""Pairs that one person never holds: who watches neither handles nor administers; an observer and
an analyst do nothing else."""


def gives(holder: Collection[Role]) -> frozenset[Role]:
    """All that somebody with these roles may give or propose."""
    return frozenset[Role]().union(*(GIVES.get(role, frozenset()) for role in holder))


def needs_two(roles: Collection[Role]) -> frozenset[Role]:
    """Those of the roles that one person alone does not give."""
    return frozenset(roles) & frozenset(SECOND)


def clashing(roles: Collection[Role]) -> list[Role]:
    """The roles that cannot be held together, sorted; empty when all can."""
    held = frozenset(roles)
    found = {
        role
        for one, others in APART
        if one & held
        for role in (one | others) & held
        if others & held
    }
    return sorted(found)


def strange(roles: Collection[Role], level: Level) -> list[Role]:
    """The roles that a hall of this level does not have, sorted."""
    return sorted(role for role in roles if level not in LEVELS.get(role, frozenset(Level)))


def unguarded(
    before: Collection[Role], after: Collection[Role], others: Iterable[Collection[Role]]
) -> list[Role]:
    """The watching roles that nobody would hold once a post with `before` holds `after`, sorted."""
    lost = (WATCHING & frozenset(before)) - frozenset(after)
    return sorted(lost - frozenset[Role]().union(*others))


def owes(confirmer: Iterable[Vouched], whom: UUID, since: datetime) -> bool:
    """Whether who wants to confirm for `whom` owes a role of this kind to her since then."""
    return any(whom in one.by and one.at >= since for one in confirmer)
