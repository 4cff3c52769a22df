"""A name or a number that a file keeps sealed, opened on the record (security.md §4.2)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.details import Detail
from apps.cases.services import recording
from apps.cases.services.applicants import require_within_limit
from apps.work import permissions
from apps.work.services import people
from apps.work.services.sealing import opened
from apps.work.services.stepping import taken
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Invalid
from bancheng.services.audit import chain as audit


@dataclass(frozen=True, slots=True)
class Revealed(Detail):
    """Which field of which piece of work."""

    item: UUID
    field: str


@transaction.atomic
def reveal(*, item_id: UUID, field: str, by: Actor) -> str:
    """One sealed field in plain; the audit entry and the line in the history come first.

    It counts among the thirty of an hour. For those who began the work, were asked for it or keep
    the desk.

    Raises NotFound, Forbidden, Invalid, RevealLimit.
    """
    item, case = taken(item_id, by)
    permissions.require(by, "work.reveal")
    if not permissions.parties(by, item, case.lead_unit):
        raise Forbidden(permission="work.reveal")
    if field not in item.sealed:
        raise Invalid(errors={"field": ["unknown"]})
    named = {"field": field}
    audit.record("work.reveal", subject="work", subject_id=item.id, by=by, detail=named)
    require_within_limit(by)
    detail = Revealed(item.id, field)
    recording.write(case, recording.Written("reveal", "", detail, people.unit_name(by)), by)
    return opened(item.sealed, field, item.id)
