"""Taking a dispatch or an end back, within seconds: the case and its clocks as if nothing had been,
the history with both lines (frontend.md §4)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, Model, UUIDField

from apps.cases import permissions, way_back
from apps.cases.details import Undone
from apps.cases.errors import UndoOver
from apps.cases.models import Case, Deadline
from apps.cases.services.clocks import CHANGING, Clocks
from apps.cases.services.moving import line, locked, move
from apps.drafts.queries import Found
from apps.drafts.services import remembering as drafts
from apps.notices import services as notices
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Stale


@transaction.atomic
def undo(*, case_id: UUID, version: int, by: Actor) -> Case:
    """Take one's own last step back, while nothing has happened since.

    What was told because of it is told no more; the units it was given to, the desk and the
    citizen's page follow. Raises NotFound, Stale, Forbidden, StepNotAllowed, UndoOver.
    """
    case = locked(case_id, by)
    if case.version != version:
        raise Stale(current=case.version)
    step = way_back.step_back(case)
    permissions.require_step(by, case, step)
    found = way_back.remembered(case)
    if found is None:
        raise UndoOver(seconds=0)
    units = [case.lead_unit, *(UUID(one["id"]) for one in case.assist_units)]
    rollups.mark_dirty(*_days(case))
    _put_back(case, found)
    notices.unsay(case.id, of_version=found.version, by=by)
    drafts.let_go([case.id])
    detail = Undone(found.step, found.version)
    return move(case, line(step, detail=detail), by, clocks=Clocks.of(case), units=units)


def _days(case: Case) -> set[date]:
    """The days that count what is taken back."""
    moments = (case.closed_at, case.delivered_at, case.dispatched_at, case.due_at)
    return {clock.day_of(at) for at in moments if at is not None}


def _put_back(case: Case, found: Found) -> None:
    """The columns the step changed, and every clock as it was."""
    for name, value in found.kept["columns"].items():
        setattr(case, name, _read(Case, name, value))
    before = {UUID(row["id"]): row for row in found.kept["clocks"]}
    begun = Deadline.objects.filter(case=case).exclude(id__in=before)
    begun.filter(due_at__lte=clock.now()).update(ended="dropped", done_at=clock.now())
    begun.filter(due_at__gt=clock.now()).delete()
    rows = list(Deadline.objects.filter(id__in=before).order_by("id"))
    for row in rows:
        for name in CHANGING:
            setattr(row, name, _read(Deadline, name, before[row.id][name]))
    Deadline.objects.bulk_update(rows, CHANGING)


def _read(kept_in: type[Model], name: str, value: Any) -> Any:
    """A plain value as its column holds it."""
    column = kept_in._meta.get_field(name)
    return column.to_python(value) if isinstance(column, DateField | UUIDField) else value
