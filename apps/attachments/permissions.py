"""Who adds, reads and takes back files: who sees their subject, by its keeper, and these roles."""

from uuid import UUID

from apps.attachments.models import Attachment
from apps.attachments.subjects import Sight, keeper_of
from apps.staff import permissions as staff
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
    """Who added it (for some hours, asked apart), or a manager who may add here."""
    if by is SYSTEM:
        return True
    own = row.added_by is not None and row.added_by == by.post_id
    return may(by, "attachments.withdraw") and (own or (found.add and by.has_role(*MANAGERS)))
