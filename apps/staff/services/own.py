"""What people do with their own account: another password, their sessions."""

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from apps.staff import authentication, limits, sessions, signing_in
from apps.staff.errors import NoSession
from bancheng.city.identity import accounts
from bancheng.city.identity.accounts import WrongPassword
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden
from bancheng.services.audit import chain as audit
from bancheng.services.live import log


def change_password(*, old: str, new: str, session: SessionBase, by: Actor) -> None:
    """Choose another password; every other session of the person ends (ASVS 7.4.3). A wrong old
    one counts as it does at the door, so that an open session does not find it out by trying.

    Raises WrongPassword, WeakPassword, Locked; Forbidden for a token or a device, which has none.
    """
    if by.account_id is None or by.post_id is None or by.scopes is not None:  # a narrowed token
        raise Forbidden(permission="account.password")
    username = accounts.standing(by.account_id).username
    signing_in.require_open_door(username)
    try:
        _change(by.account_id, by.post_id, old, new, session, by)
    except WrongPassword:
        signing_in.count_failure(username)
        raise


@transaction.atomic
def _change(
    account_id: UUID, post_id: UUID, old: str, new: str, session: SessionBase, by: Actor
) -> None:
    asked = limits.password_policy()
    accounts.change_password(account_id=account_id, old=old, new=new, asked=asked)
    authentication.password_changed(session, post_id)
    sessions.end(post_id, but=session.session_key)
    audit.record("account.password_changed", subject="post", subject_id=post_id, by=by)
    log.publish([log.PEOPLE], log.Change("session_ended"))


@transaction.atomic
def end_session(*, name: str, by: Actor) -> None:
    """End one session of one's own; raises NoSession."""
    if by.post_id is None or not sessions.end(by.post_id, only=name):
        raise NoSession
    audit.record("account.session_ended", subject="post", subject_id=by.post_id, by=by)
    log.publish([log.PEOPLE], log.Change("session_ended"))
