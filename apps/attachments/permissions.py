"""Who adds, reads and takes back files: who sees their subject, by its keeper, and these roles."""

from datetime import timedelta
from uuid import UUID

from apps.attachments import limits
from apps.attachments.models import Attachment
from apps.attachments.subjects import Sight, keeper_of
from apps.staff import permissions as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound

MANAGERS = staff.MANAGERS | {Role.SHIFT_LEAD}
staff.grant(
    {
        "attachments.read": staff.EVERYONE,
        "attachments.add": staff.EVERYONE,
        "attachments.withdraw": staff.EVERYONE,
    }
)


def may(by: Actor, permission: str) -> bool:
    """Role and token scope; a citizen has neither, and is asked by the keeper alone."""
    return by.kind == "citizen" or staff.may(by, permission)


def sight(subject: str, subject_id: UUID, by: Actor) -> Sight:
    """What the actor sees of a subject; raises NotFound, Forbidden."""
    found = keeper_of(subject).sight(subject_id, by)
    if found is None:
        raise NotFound
    if not may(by, "attachments.read"):
        raise Forbidden(permission="attachments.read")
    return found


def require_add(found: Sight, by: Actor) -> None:
    """Raise Forbidden for somebody who only reads."""
    if not (found.add and may(by, "attachments.add")):
        raise Forbidden(permission="attachments.add")


def seen(file_id: UUID, by: Actor) -> Attachment:
    """A file that exists for the actor; raises NotFound, Forbidden."""
    row = Attachment.objects.filter(id=file_id).first()
    if row is None:
        raise NotFound
    found = sight(row.subject, row.subject_id, by)
    if row.personal and not found.personal:
        raise NotFound
    return row


def may_withdraw(row: Attachment, found: Sight, by: Actor) -> bool:
    """Who added it (`in_time`, asked apart), or who manages the files here."""
    if by is SYSTEM:
        return True
    own = row.added_by is not None and row.added_by == by.post_id
    return may(by, "attachments.withdraw") and (own or _manages(found, by))


def in_time(row: Attachment, found: Sight, by: Actor) -> bool:
    """Who added it takes it back for some hours; who manages the files here, at any time."""
    until = row.added_at + timedelta(hours=limits.withdraw_hours())
    return _manages(found, by) or clock.now() <= until


def _manages(found: Sight, by: Actor) -> bool:
    return found.add and (found.manages or by.has_role(*MANAGERS))
