"""Who may come in: locked and opened again, a new password, signed out, confirmed by a second."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from apps.staff import permissions, rules, sessions
from apps.staff.errors import NothingProposed, PostEnded, SecondPerson
from apps.staff.models import Post
from apps.staff.permissions import require
from apps.staff.proposals import Proposal
from apps.staff.services.changes import saved_post
from apps.staff.services.taking import held, locked, require_reach, taken_active
from bancheng.city.identity import accounts
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

Decision = Literal["confirm", "decline"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A post after a decision about its access; `password` is told this once, if one was made."""

    post: Post
    password: str | None = None


@transaction.atomic
def lock(*, post_id: UUID, version: int, by: Actor) -> Post:
    """Nothing opens any more, at once; all that hangs on the post stays. Raises NotFound, Stale,
    OwnPost, RoleNotYours, LastAdministrator."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
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
        post.proposed = Proposal.made("password", (), by, clock.now()).kept()
        return Opened(saved_post(post, "password_proposed", by))
    return _given(post, by)


@transaction.atomic
def sign_out_everywhere(*, post_id: UUID, by: Actor) -> int:
    """End all sessions of a person; how many there were. Raises NotFound, OwnPost, RoleNotYours."""
    post = taken_active(post_id, None, by)
    require_reach(post, by)
    ended = sessions.end(post.id)
    saved_post(post, "post_signed_out", by, detail={"sessions": ended})
    return ended


@transaction.atomic
def decide(*, post_id: UUID, version: int, decision: Decision, by: Actor) -> Opened:
    """A second person's yes or no to what was proposed about a post. Raises NotFound, Stale,
    PostEnded, NothingProposed, SecondPerson, RolesClash, SharedAccount."""
    require(by, "staff.confirm")
    post = locked(post_id, version)
    if not post.active:
        raise PostEnded
    proposal = Proposal.of(post.proposed)
    if proposal is None:
        raise NothingProposed
    wanted = proposal.roles or tuple(rules.needs_two(held(post)))
    seconds = permissions.seconds(post, proposal, wanted)
    if by.post_id in (post.id, proposal.by_post) or not by.roles & seconds:
        raise SecondPerson(roles=sorted(seconds))
    post.proposed = None
    if decision == "decline":
        return Opened(saved_post(post, f"{proposal.what}_declined", by))
    if proposal.what == "password":
        return _given(post, by)
    roles = held(post) | frozenset(proposal.roles)
    permissions.require_fitting(roles)
    post.roles = [role.value for role in sorted(roles)]
    detail = {"roles": post.roles, "proposed_by": str(proposal.by_post)}
    return Opened(saved_post(post, "roles_confirmed", by, detail=detail))


def _given(post: Post, by: Actor) -> Opened:
    password = accounts.give_one_time(post.account_id)
    sessions.end(post.id)
    post.locked_until, post.failed_logins = None, 0
    return Opened(saved_post(post, "password_given", by), password)
