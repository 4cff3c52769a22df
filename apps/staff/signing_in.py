"""Signing in and out. Some wrong passwords close the door for a while, per person and hall."""

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from apps.staff import authentication, limits, queries
from apps.staff.models import Post
from bancheng.city.identity import accounts
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Forbidden, Refusal, TooMany
from bancheng.services.audit import chain as audit
from bancheng.services.live import log


class BadCredentials(Refusal):
    """Unknown name or wrong password: one answer for both."""

    code = "session.bad_credentials"
    status = 401


class NoPostHere(Forbidden):
    """The password is right, but the person holds no active post in this hall."""

    code = "session.no_post_here"


class PostLocked(Forbidden):
    """The hall's administrator has locked this post: everything is kept, nothing opens."""

    code = "session.post_locked"


class Locked(TooMany):
    code = "session.locked"


def sign_in(*, username: str, password: str, session: SessionBase, browser: str = "") -> Actor:
    """Check the password, begin a session of this hall; raises the four refusals above.

    With a password that somebody else made, or that is too old, the session opens nothing but its
    change.
    """
    require_open_door(username)
    account_id = accounts.check(username, password)
    if account_id is None:
        count_failure(username)
        raise BadCredentials
    post = queries.post_for_login(account_id)
    if post is None:
        raise NoPostHere
    if post.locked:
        raise PostLocked
    Post.objects.filter(id=post.id).update(failed_logins=0, locked_until=None)
    must = _must_change(account_id)
    authentication.begin(session, post.id, must_change=must, browser=browser)
    actor = queries.actor_of_post(post.id)
    if actor is None:
        raise NoPostHere
    audit.record("session.begun", subject="post", subject_id=post.id, by=actor)
    return actor


def require_open_door(username: str) -> None:
    """Raise Locked while too many wrong passwords keep somebody out."""
    closed = queries.locked_until(username)
    if closed is not None:
        raise Locked(until=closed.isoformat())


def _must_change(account_id: UUID) -> bool:
    known, longest = accounts.standing(account_id), limits.password_age()
    too_old = longest is not None and clock.now() - known.changed_at > longest
    return known.must_change or too_old


@transaction.atomic
def sign_out(session: SessionBase) -> None:
    """End the session; its sockets hear of it and close."""
    session.flush()
    log.publish([log.PEOPLE], log.Change("session_ended"))


@transaction.atomic
def count_failure(username: str) -> None:
    """One more wrong password; enough of them close the door."""
    post = Post.objects.select_for_update().filter(username=username).first()
    if post is None:
        return
    post.failed_logins += 1
    if post.failed_logins >= limits.failures():
        post.failed_logins, post.locked_until = 0, clock.now() + limits.closed_for()
        audit.record("session.locked", subject="post", subject_id=post.id, by=SYSTEM)
    post.save(update_fields=["failed_logins", "locked_until"])
