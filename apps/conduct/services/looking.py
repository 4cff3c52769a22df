"""Reading a file leaves a trace on the sealed files' chain, whoever reads (C-58)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.conduct import permissions, queries
from apps.staff import permissions as staff
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound
from bancheng.services.audit import chain as audit


@transaction.atomic
def look(file_id: UUID, *, by: Actor) -> dict[str, Any]:
    """One file in the shape of the API; raises NotFound outside of its circle."""
    file = permissions.visible_to(by).filter(id=file_id).first()
    if file is None:
        raise NotFound
    audit.record("conduct.seen", subject="conduct", subject_id=file.id, by=by, sealed=True)
    return queries.whole(file, by)


@transaction.atomic
def acts(file_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
    """Everything done on a file, for its supervising level; raises NotFound, Forbidden."""
    file = permissions.visible_to(by).filter(id=file_id).first()
    if file is None:
        raise NotFound
    staff.require(by, "conduct.audit")
    audit.record("conduct.acts_seen", subject="conduct", subject_id=file.id, by=by, sealed=True)
    return queries.acts(file)
