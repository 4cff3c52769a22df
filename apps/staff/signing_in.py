"""Signing in and out. Five wrong passwords close the door for 15 minutes, per person and hall."""

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from apps.staff import authentication, queries
from apps.staff.models import Post
from bancheng.city.identity import accounts
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.errors import Forbidden, Refusal, TooMany
from bancheng.services.audit import chain as audit
from bancheng.services.live import log

_MOST_FAILURES = 5
_CLOSED_FOR = timedelta(minutes=15)


class BadCredentials(Refusal):
    """Unknown name or wrong password: one answer for both."""

    code = "session.bad_credentials"
    status = 401


class NoPostHere(Forbidden):
    """The password is right, but the person holds no active post in this hall."""

    code = "session.no_post_here"


class Locked(TooMany):
    code = "session.locked"


def sign_in(*, username: str, password: str, session: SessionBase) -> Actor:
    """Check the password, begin a session of this hall; raises the three refusals above."""
    closed = queries.locked_until(username)
    if closed is not None:
        raise Locked(until=closed.isoformat())
    account_id = accounts.check(username, password)
    if account_id is None:
        _count_failure(username)
        raise BadCredentials
    post = queries.post_for_login(account_id)
    if post is None:
        raise NoPostHere
    Post.objects.filter(id=post.id).update(failed_logins=0, locked_until=None)
    authentication.begin(session, post.id)
    actor = queries.actor_of_post(post.id)
    if actor is None:
        raise NoPostHere
    audit.record("session.begun", subject="post", subject_id=post.id, by=actor)
    return actor


@transaction.atomic
def sign_out(session: SessionBase) -> None:
    """End the session; its sockets hear of it and close."""
    session.flush()
    log.publish([log.PEOPLE], log.Change("session_ended"))


@transaction.atomic
def _count_failure(username: str) -> None:
    post = Post.objects.select_for_update().filter(username=username).first()
    if post is None:
        return
    post.failed_logins += 1
    if post.failed_logins >= _MOST_FAILURES:
        post.failed_logins, post.locked_until = 0, clock.now() + _CLOSED_FOR
        audit.record("session.locked", subject="post", subject_id=post.id, by=SYSTEM)
    post.save(update_fields=["failed_logins", "locked_until"])
