"""The beginning of every change of a post: found, locked, of the version seen, not one's own.

All changes of a hall's posts wait for each other: who stays is counted over many rows, and two that
lock them in different orders would stop each other.
"""

from uuid import UUID

from django.db import connection

from apps.staff import rules
from apps.staff.errors import OwnPost, PostEnded, RoleNotYours
from apps.staff.models import Post
from apps.staff.permissions import require
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import NotFound, Stale
from bancheng.kernel.hall import here

_ONE_AT_A_TIME = 4_301
"""Class of the advisory lock; the second part is the schema's hash."""


def taken(post_id: UUID, version: int | None, by: Actor) -> Post:
    """The post, locked; raises Forbidden, NotFound, Stale, OwnPost."""
    require(by, "staff.manage")
    post = locked(post_id, version)
    if by.post_id == post.id:
        raise OwnPost
    return post


def taken_active(post_id: UUID, version: int | None, by: Actor) -> Post:
    """The same for one that has not ended; raises PostEnded too."""
    post = taken(post_id, version, by)
    if not post.active:
        raise PostEnded
    return post


def locked(post_id: UUID, version: int | None) -> Post:
    """The post of the hall, locked; raises NotFound, Stale."""
    one_at_a_time()
    post = Post.objects.select_for_update().filter(id=post_id).first()
    if post is None:
        raise NotFound
    if version is not None and post.version != version:
        raise Stale(current=post.version)
    return post


def one_at_a_time() -> None:
    """Wait until no other transaction changes posts of this hall; held to the end of this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ONE_AT_A_TIME, here().schema_name]
        )


def require_reach(post: Post, by: Actor) -> None:
    """Raise RoleNotYours for a post with a role that the actor could not have given."""
    if by is SYSTEM:
        return
    beyond = held(post) - rules.gives(by.roles)
    if beyond:
        raise RoleNotYours(roles=sorted(beyond))


def held(post: Post) -> frozenset[Role]:
    """The roles that a post holds now."""
    return frozenset(Role(role) for role in post.roles)
