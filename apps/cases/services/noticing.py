"""Telling once and completely what is missing (一次性告知); asking for more later is marked."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.intake.details import Material, MaterialNotice
from apps.cases.intake.errors import AskedBefore
from apps.cases.models import Case
from apps.cases.rules import State
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, locked, move
from apps.notices import services as notices
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Invalid, Stale


@transaction.atomic
def tell_missing(
    *,
    case_id: UUID,
    version: int,
    materials: Sequence[Material],
    told: str,
    reason: str,
    by: Actor,
) -> Case:
    """Give the one complete notice of what is missing.

    A later one is a late demand: it needs a reason, is marked and counted, and the shift lead hears
    of it (F2 未一次性告知). Raises AskedBefore without a reason, Invalid.
    """
    case = locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, "cases.one-time-notice")
    if case.state == State.CLOSED:
        raise Invalid(errors={"case": ["closed"]})
    late = bool(case.material_notices)
    if late and not reason.strip():
        raise AskedBefore(given=len(case.material_notices))
    made = MaterialNotice(
        ids.new_id(), tuple(materials), told, clock.now(), by.name, late, reason if late else ""
    )
    case.material_notices = [*case.material_notices, made.as_json()]
    if late:
        note = notices.Note("cases.late_demand", "case", case.id, case.number)
        notices.tell(note, to=notices.To(roles=[Role.SHIFT_LEAD]), by=by)
    told_line = Line("one-time-notice", None, made.reason, made)
    return move(case, told_line, by, clocks=Clocks.of(case))
