"""What people do with their own account: another password, their sessions."""

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from apps.staff import authentication, limits, sessions
from apps.staff.errors import NoSession
from bancheng.city.identity import accounts
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden
from bancheng.services.audit import chain as audit
from bancheng.services.live import log


@transaction.atomic
def change_password(*, old: str, new: str, session: SessionBase, by: Actor) -> None:
    """Choose another password; every other session of the person ends (ASVS 7.4.3).

    Raises WrongPassword, WeakPassword; Forbidden for a token or a device, which has none.
    """
    if by.account_id is None or by.post_id is None or by.scopes is not None:  # a narrowed token
        raise Forbidden(permission="account.password")
    accounts.change_password(
        account_id=by.account_id, old=old, new=new, asked=limits.password_policy()
    )
    authentication.password_changed(session, by.post_id)
    sessions.end(by.post_id, but=session.session_key)
    audit.record("account.password_changed", subject="post", subject_id=by.post_id, by=by)
    log.publish([log.PEOPLE], log.Change("session_ended"))


@transaction.atomic
def end_session(*, name: str, by: Actor) -> None:
    """End one session of one's own; raises NoSession."""
    if by.post_id is None or not sessions.end(by.post_id, only=name):
        raise NoSession
    audit.record("account.session_ended", subject="post", subject_id=by.post_id, by=by)
    log.publish([log.PEOPLE], log.Change("session_ended"))
