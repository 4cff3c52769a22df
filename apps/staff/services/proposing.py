"""What one person alone does not decide waits for a second: here, or in the hall above."""

from uuid import UUID

from django.db import transaction

from apps.staff import permissions, rules
from apps.staff.errors import NobodyAbove, OthersWatch
from apps.staff.events import AskedAbove
from apps.staff.models import Post
from apps.staff.proposals import Proposal, What
from apps.staff.services.changes import saved_post
from apps.staff.services.taking import held, require_reach, taken_active
from bancheng.city.exchange import questions
from bancheng.city.exchange.questions import Question
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import here
from bancheng.services.outbox import queue as outbox


@transaction.atomic
def ask_release(*, post_id: UUID, version: int, reason: str, by: Actor) -> Post:
    """Ask the hall above to let go the last one here who watches: with its yes the watching roles
    are taken from the post and it is locked. Raises NotFound, Stale, OwnPost, RoleNotYours,
    PostEnded, AlreadyProposed, OthersWatch, NobodyAbove, Invalid (no reason)."""
    post = taken_active(post_id, version, by)
    require_reach(post, by)
    if not reason.strip():
        raise Invalid(errors={"reason": ["required"]})
    permissions.require_nothing_waits(post, post.roles)
    watching = sorted(held(post) & rules.WATCHING)
    if not permissions.is_last_guardian(post):
        raise OthersWatch
    if here().parent_id is None:
        raise NobodyAbove(roles=watching)
    propose(post, "release", watching, by, reason=reason.strip())
    return saved_post(post, "release_asked", by, detail={"roles": watching})


def propose(post: Post, what: What, roles: list[Role], by: Actor, *, reason: str = "") -> None:
    """Put a proposal beside the post, and before the hall above where nobody here may confirm it;
    the caller saves the post."""
    above = None
    wanted = roles or sorted(rules.needs_two(held(post)))
    if what == "release" or not permissions.seconds(post, by.post_id, wanted):
        above = _ask(post, what, wanted, by, reason)
    made = Proposal(what, tuple(roles), by.post_id, by.name, clock.now(), above)
    post.proposed = made.kept()


def _ask(post: Post, what: What, roles: list[Role], by: Actor, reason: str) -> UUID:
    names = tuple(role.value for role in roles)
    about = Question(str(post.id), post.name, post.username, what, names, reason, by.name)
    question_id, to_hall = questions.ask_above(about)
    outbox.publish(AskedAbove(question_id, to_hall, here().name))
    return question_id
