"""The letter that asks to hurry (催办, domain.md §2.5): once a working day, to the unit and its
lead, on the record."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.details import Named
from apps.cases.services import recording
from apps.cases.services.recording import Written
from apps.cases.timekeeping import watching
from apps.notices.services import Note
from apps.oversight import permissions
from apps.oversight.details import Urged
from apps.oversight.errors import CaseIsOver, UrgedToday
from apps.oversight.rules import Audience
from apps.oversight.services import telling
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import here

KIND = "oversight.urge"


@transaction.atomic
def urge(*, case_id: UUID, version: int, text: str, by: Actor) -> Any:
    """Send the letter to whoever has the case now; the case.

    Raises NotFound, Stale, Forbidden, CaseIsOver, UrgedToday.
    """
    case = taken(case_id, version, "cases.urge", by)
    last = watching.last_of_kind(case.id, KIND)
    if last is not None and clock.day_of(last) == clock.today():
        raise UrgedToday
    unit = owner(case)
    person = case.handler_post if case.handler_unit == unit.id else None
    if unit.id is None:
        person = case.first_responder_post
    note = Note(KIND, "case", case.id, case.number, {"by": by.name, "text": text[:500]})
    rungs = (Audience.OWNER, Audience.UNIT_LEAD)
    reached = telling.climb(note, rungs, unit=unit.id, person=person)
    recording.write(case, Written(KIND, text, Urged(unit, len(reached))), by)
    return case


def taken(case_id: UUID, version: int, permission: str, by: Actor) -> Any:
    """A case that is not over, locked, for somebody who may; see `urge` for what it raises."""
    case = recording.take(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    permissions.require(by, permission)
    if case.closed_at is not None:
        raise CaseIsOver
    return case


def owner(case: Any) -> Named:
    """Who has the case: the leading unit, or the desk."""
    if case.lead_unit is None:
        return Named(None, here().desk_name)
    return Named(case.lead_unit, case.lead_unit_name)
