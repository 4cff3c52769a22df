"""Reading the hall's people; other apps ask here and never touch the models."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from apps.staff.holdings import Heir
from apps.staff.models import ApiToken, Department, Device, Post
from apps.staff.secrets import digest
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class DepartmentRef:
    id: UUID
    name: str


def departments() -> list[dict[str, Any]]:
    """Active departments in their order."""
    rows = Department.objects.filter(active=True).order_by("position", "id")
    return [dict(row) for row in rows.values("id", "name", "duty_phone")]


def department(department_id: UUID) -> DepartmentRef | None:
    """An active department by id."""
    row = Department.objects.filter(active=True, id=department_id).values_list("id", "name").first()
    return DepartmentRef(*row) if row else None


def posts() -> list[dict[str, Any]]:
    """Active posts by name, with department."""
    rows = Post.objects.filter(active=True).order_by("name", "id")
    fields = ("id", "name", "roles", "department_id", "department__name")
    return [dict(row) for row in rows.values(*fields)]


def post_ids(
    *,
    posts: Collection[UUID] = (),
    roles: Collection[Role] = (),
    unit: UUID | None = None,
    unit_roles: Collection[Role] = (),
) -> list[UUID]:
    """Active posts: those named, those with one of the roles, those of a unit with one of its."""
    wanted = Q(id__in=posts)
    for role in roles:
        wanted |= Q(roles__contains=[role])
    if unit is not None:
        wanted |= Q(department_id=unit) & _any_of(unit_roles)
    rows = Post.objects.filter(wanted, active=True).order_by("id")
    return list(rows.values_list("id", flat=True))


def _any_of(roles: Collection[Role]) -> Q:
    found = Q()
    for role in roles:
        found |= Q(roles__contains=[role])
    return found


_POST = (
    "SELECT id, account_id, name, roles, department_id FROM staff_post"
    " WHERE id = %s AND active AND NOT locked"
)


def actor_of_post(post_id: UUID) -> Actor | None:
    """The actor an active post makes that is not locked. Asked for every request, so its SQL is
    written out."""
    with connection.cursor() as cursor:
        cursor.execute(_POST, [post_id])
        row = cursor.fetchone()
    if row is None:
        return None
    key, account, name, roles, department = row
    return Actor(
        kind="person",
        name=name,
        account_id=account,
        post_id=key,
        roles=frozenset(map(Role, json.loads(roles))),
        department_id=department,
        hall_id=here().id,
    )


def actor_of_token(secret: str) -> Actor | None:
    """The actor of a live API token."""
    valid = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    token = (
        ApiToken.objects.select_related("post")
        .filter(valid, digest=digest(secret), revoked_at__isnull=True)
        .filter(post__active=True, post__locked=False)
        .first()
    )
    if token is None:
        return None
    return _actor(token.post, None if token.scopes is None else frozenset(token.scopes))


def device_of(secret: str) -> Device | None:
    """The paired screen of a secret, unless it was revoked."""
    paired = Device.objects.filter(approved_at__isnull=False, revoked_at__isnull=True)
    return paired.filter(digest=digest(secret)).first()


def actor_of_device(secret: str) -> Actor | None:
    """The actor of a paired screen that was not revoked; its scope is its kind."""
    row = device_of(secret)
    return device_actor(row) if row else None


def device_actor(row: Device) -> Actor:
    """The actor a paired screen makes."""
    kind = frozenset({row.kind})
    return Actor(kind="device", name=row.name, post_id=row.id, hall_id=here().id, scopes=kind)


def device_shown(secret: str) -> Device | None:
    """The screen of a secret in whatever state, for telling it about itself."""
    return Device.objects.filter(digest=digest(secret)).first()


def devices() -> list[Device]:
    """The screens that are paired or were, those at work first, by name."""
    rows = Device.objects.filter(approved_at__isnull=False)
    return list(rows.order_by(F("revoked_at").asc(nulls_first=True), "name", "id"))


def post_for_login(account_id: UUID) -> Post | None:
    """The active post of an account, for signing in."""
    return Post.objects.filter(account_id=account_id, active=True).first()


def locked_until(username: str) -> datetime | None:
    """Until when signing in is closed for this person in this hall, if it is."""
    post = Post.objects.filter(username=username, locked_until__gt=clock.now()).first()
    return post.locked_until if post else None


def _actor(post: Post, scopes: frozenset[str] | None) -> Actor:
    return Actor(
        kind="person",
        name=post.name,
        account_id=post.account_id,
        post_id=post.id,
        roles=frozenset(Role(role) for role in post.roles),
        department_id=post.department_id,
        hall_id=here().id,
        scopes=scopes,
    )


def actor_named(username: str) -> Actor | None:
    """The actor of the active post of that user name."""
    post = Post.objects.filter(username=username, active=True).first()
    return _actor(post, None) if post else None


def heir(post_id: UUID) -> Heir | None:
    """Who could take on what somebody leaves: an active post that is not locked."""
    post = Post.objects.filter(id=post_id, active=True, locked=False).first()
    if post is None:
        return None
    roles = frozenset(Role(role) for role in post.roles)
    return Heir(post.id, post.name, roles, post.department_id)
