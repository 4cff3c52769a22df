"""What a list of people to be taken on is compared with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.staff import permissions, queries, rules
from apps.staff.errors import NeedsDepartment
from apps.staff.models import Post
from bancheng.kernel.actor import Actor, Role

is_username = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]").fullmatch


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with a post here, or who had one."""

    name: str
    ended: bool


def known() -> dict[str, Known]:
    """Everybody who ever had a post here, by user name."""
    rows = Post.objects.values_list("username", "name", "active")
    return {username: Known(name, not active) for username, name, active in rows}


def units() -> dict[str, UUID]:
    """The open departments by name."""
    return {str(one["name"]): one["id"] for one in queries.departments()}


def require_fit(roles: Iterable[Role], *, in_a_unit: bool, by: Actor) -> None:
    """Raise what `hire` would raise about these roles."""
    wanted = frozenset(roles)
    permissions.require_roles(by, wanted, wanted)
    if wanted & rules.OF_UNITS and not in_a_unit:
        raise NeedsDepartment
