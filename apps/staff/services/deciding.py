"""The second person's yes or no: somebody of this hall, or the hall above (ADR 16)."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from apps.staff import permissions, rules, sessions
from apps.staff.errors import DecidedAbove, NothingProposed, PostEnded, SecondPerson
from apps.staff.models import Post
from apps.staff.permissions import require
from apps.staff.proposals import Proposal, Vouched
from apps.staff.services.changes import saved_post
from apps.staff.services.taking import held, locked
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
def decide(*, post_id: UUID, version: int, decision: Decision, by: Actor) -> Opened:
    """A second person's yes or no to what was proposed about a post; who proposed it may take it
    back. Raises NotFound, Stale, PostEnded, NothingProposed, SecondPerson, DecidedAbove,
    MutualConfirmation, RolesClash, SharedAccount."""
    require(by, "staff.confirm")
    post = locked(post_id, version)
    if not post.active:
        raise PostEnded
    proposal = Proposal.of(post.proposed)
    if proposal is None:
        raise NothingProposed
    if decision == "decline" and _own(proposal, by):
        post.proposed = None
        return Opened(saved_post(post, f"{proposal.what}_withdrawn", by))
    _require_second(post, proposal, by)
    post.proposed = None
    if decision == "decline":
        return Opened(saved_post(post, f"{proposal.what}_declined", by))
    if proposal.what == "password":
        return given_password(post, by)
    permissions.require_not_mutual(by, post)
    return Opened(roles_given(post, proposal, by))


def given_password(post: Post, by: Actor, made: accounts.Hashed | None = None) -> Opened:
    """A one-time password, told here this once, or `made` and told by the hall above. What was
    open is signed out. Raises SharedAccount."""
    password = None
    if made is None:
        password = accounts.give_one_time(post.account_id)
    else:
        accounts.take_one_time(post.account_id, made)
    sessions.end(post.id)
    post.locked_until, post.failed_logins = None, 0
    return Opened(saved_post(post, "password_given", by), password)


def roles_given(post: Post, proposal: Proposal, by: Actor) -> Post:
    """Add the roles that were proposed and keep who vouched for them; raises RolesClash."""
    roles = held(post) | frozenset(proposal.roles)
    permissions.require_fitting(roles)
    post.roles = [role.value for role in sorted(roles)]
    both = tuple(one for one in (proposal.by_post, by.post_id) if one is not None)
    post.vouched = Vouched(both, clock.now()).added_to(post.vouched)
    detail = {"roles": post.roles, "proposed_by": str(proposal.by_post)}
    return saved_post(post, "roles_confirmed", by, detail=detail)


def _own(proposal: Proposal, by: Actor) -> bool:
    return by.post_id is not None and by.post_id == proposal.by_post


def _require_second(post: Post, proposal: Proposal, by: Actor) -> None:
    wanted = proposal.roles or tuple(rules.needs_two(held(post)))
    seconds = permissions.seconds(post, proposal.by_post, wanted)
    if proposal.what == "release" or not seconds:
        raise DecidedAbove
    if by.post_id in (post.id, proposal.by_post) or not by.roles & seconds:
        raise SecondPerson(roles=sorted(seconds))
