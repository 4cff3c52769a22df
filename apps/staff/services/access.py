"""Who may come in: locked and opened again, a new password, signed out."""

from uuid import UUID

from django.db import transaction

from apps.staff import permissions, rules, sessions
from apps.staff.models import Post
from apps.staff.services.changes import saved_post
from apps.staff.services.deciding import Opened, given_password
from apps.staff.services.proposing import propose
from apps.staff.services.taking import held, require_reach, taken_active
from bancheng.city.identity import accounts
from bancheng.city.identity.accounts import SharedAccount
from bancheng.kernel.actor import Actor


@transaction.atomic
def lock(*, post_id: UUID, version: int, by: Actor) -> Post:
    """Nothing opens any more, at once; all that hangs on the post stays. Raises NotFound, Stale,
    OwnPost, RoleNotYours, LastAdministrator, LastGuardian."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    permissions.require_guardians(but=post, before=held(post), after=())
    permissions.require_an_administrator(but=post, before=held(post), after=())
    post.locked = True
    sessions.end(post.id)
    return saved_post(post, "post_locked", by)


@transaction.atomic
def unlock(*, post_id: UUID, version: int, by: Actor) -> Post:
    """Open again, also after too many wrong passwords. Raises NotFound, Stale, OwnPost,
    RoleNotYours."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    post.locked, post.locked_until, post.failed_logins = False, None, 0
    return saved_post(post, "post_unlocked", by)


@transaction.atomic
def new_password(*, post_id: UUID, version: int, by: Actor) -> Opened:
    """A one-time password, told once; where the post holds a role that takes two, only a proposal.

    Raises NotFound, Stale, OwnPost, RoleNotYours, AlreadyProposed, SharedAccount.
    """
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    if rules.needs_two(held(post)):
        permissions.require_nothing_waits(post, post.roles)
        if accounts.is_shared(post.account_id):
            raise SharedAccount
        propose(post, "password", [], by)
        return Opened(saved_post(post, "password_proposed", by))
    return given_password(post, by)


@transaction.atomic
def sign_out_everywhere(*, post_id: UUID, by: Actor) -> int:
    """End all sessions of a person; how many there were. Raises NotFound, OwnPost, RoleNotYours."""
    post = taken_active(post_id, None, by)
    require_reach(post, by)
    ended = sessions.end(post.id)
    saved_post(post, "post_signed_out", by, detail={"sessions": ended})
    return ended
