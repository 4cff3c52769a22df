"""Handing a case to a department, and getting it back with a reason."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.cases.details import Dispatched, Named, Returned
from apps.cases.models import Case
from apps.cases.rules import Cause, Stage, Step, resolve_category
from apps.cases.services.clocks import Clocks, desk, lead
from apps.cases.services.moving import Line, line, move, take
from apps.staff import queries as staff
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


@transaction.atomic
def dispatch(
    *,
    case_id: UUID,
    version: int,
    lead_unit: UUID,
    assist_units: Sequence[UUID],
    category: str,
    note: str,
    by: Actor,
) -> Case:
    """Give a case to one leading unit and those that assist; their clocks start (§2.2).

    Raises Invalid for a unit that is not of this hall.
    """
    case = take(case_id, version, Step.DISPATCH, by)
    leading, assisting = _units(lead_unit, assist_units)
    case.lead_unit, case.lead_unit_name = leading.id, leading.name
    case.assist_units = [unit.as_json() for unit in assisting]
    case.category = category or resolve_category(Cause(case.cause), several_units=bool(assisting))
    clocks = Clocks.of(case)
    case.dispatched_at, case.signed_at, case.contacted_at = clocks.at, None, None
    clocks.stop(Stage.DISPATCH)
    clocks.start(Stage.SIGN, lead(case))
    clocks.start(Stage.CONTACT, lead(case))
    clocks.start_resolving(lead(case))
    detail = Dispatched(leading, tuple(assisting), case.category)
    return move(case, line(Step.DISPATCH, note, detail), by, clocks=clocks)


def _units(lead_unit: UUID, assist_units: Sequence[UUID]) -> tuple[Named, list[Named]]:
    known = {row["id"]: row["name"] for row in staff.departments()}
    if lead_unit not in known:
        raise Invalid(errors={"lead_unit": ["unknown"]})
    others = list(dict.fromkeys(unit for unit in assist_units if unit != lead_unit))
    if not set(others) <= set(known):
        raise Invalid(errors={"assist_units": ["unknown"]})
    return Named(lead_unit, known[lead_unit]), [Named(unit, known[unit]) for unit in others]


@transaction.atomic
def return_(
    *,
    case_id: UUID,
    version: int,
    reason_code: str,
    note: str,
    suggest_unit: UUID | None,
    by: Actor,
) -> Case:
    """Give a case back to the desk, with a coded reason (§2.5); the promise runs on."""
    case = take(case_id, version, Step.RETURN, by)
    unit = Named(case.lead_unit, case.lead_unit_name)
    suggested = staff.department(suggest_unit) if suggest_unit else None
    if suggest_unit and suggested is None:
        raise Invalid(errors={"suggest_unit": ["unknown"]})
    clocks = Clocks.of(case)
    clocks.drop(Stage.SIGN, Stage.CONTACT)
    clocks.start(Stage.DISPATCH, desk())
    clocks.hand_over(desk())
    hint = Named(suggested.id, suggested.name) if suggested else None
    detail = Returned(reason_code, unit, hint)
    returned = Line(Step.RETURN.verb, Step.RETURN, note, detail, unit=unit.name)
    case.return_count += 1
    case.lead_unit, case.lead_unit_name, case.assist_units = None, "", []
    return move(case, returned, by, clocks=clocks, units=[unit.id])
