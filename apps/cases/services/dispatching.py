"""Handing a case to a department, and getting it back with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import Designated
from apps.cases.details import Dispatched, Named, Returned
from apps.cases.models import Case
from apps.cases.rules import Cause, Stage, Step, resolve_category
from apps.cases.services import assisting, remembering
from apps.cases.services.awaiting import await_unit, unit_found
from apps.cases.services.clocks import Clocks, desk, lead
from apps.cases.services.moving import Line, line, move, take
from apps.notices import services as notices
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

    Raises Invalid for a unit that is not of this hall, ReservedToArbiter.
    """
    case = take(case_id, version, Step.DISPATCH, by)
    before = remembering.look(case)
    given = _given(case, lead_unit, assist_units, category)
    case.designated = False
    detail = Dispatched(given.leading, given.assisting, case.category)
    move(case, line(Step.DISPATCH, note, detail), by, clocks=given.clocks)
    remembering.keep(case, before, Step.DISPATCH.verb, by, at=given.clocks.at)
    return case


@transaction.atomic
def designate(
    *,
    case_id: UUID,
    version: int,
    lead_unit: UUID,
    assist_units: Sequence[UUID],
    category: str,
    note: str,
    by: Actor,
) -> Case:
    """An arbiter names the unit that has to handle the case; it may not give it back (§2.5).

    Only for a case that is reserved to arbiters (C-68). Raises Invalid.
    """
    case = take(case_id, version, Step.DESIGNATE, by)
    before = remembering.look(case)
    given = _given(case, lead_unit, assist_units, category)
    case.designated = True
    detail = Designated(given.leading, given.assisting, case.category, case.return_count)
    told = notices.Note(
        "cases.designated", "case", case.id, case.number, of_version=case.version + 1
    )
    notices.tell(told, to=notices.To(unit=lead_unit), by=by)
    move(case, line(Step.DESIGNATE, note, detail), by, clocks=given.clocks)
    remembering.keep(case, before, Step.DESIGNATE.verb, by, at=given.clocks.at)
    return case


@dataclass(frozen=True, slots=True)
class _Given:
    leading: Named
    assisting: tuple[Named, ...]
    clocks: Clocks


def _given(case: Case, lead_unit: UUID, assist_units: Sequence[UUID], category: str) -> _Given:
    """Put the units down and start their clocks."""
    leading, others = _units(lead_unit, assist_units)
    case.lead_unit, case.lead_unit_name = leading.id, leading.name
    case.assist_units = [unit.as_json() for unit in others]
    case.category = category or resolve_category(Cause(case.cause), several_units=bool(others))
    clocks = Clocks.of(case)
    case.dispatched_at, case.signed_at, case.contacted_at = clocks.at, None, None
    unit_found(clocks)
    clocks.start(Stage.SIGN, lead(case))
    clocks.start(Stage.CONTACT, lead(case))
    clocks.start_resolving(lead(case))
    assisting.begin(case, clocks)
    return _Given(leading, tuple(others), clocks)


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
    """The unit's lead gives a case back, with a coded reason (§2.5); the promise runs on.

    Within the hours that a return has; after the third an arbiter decides (C-68). Raises
    ReturnTooLate, DesignatedUnit, Invalid.
    """
    case = take(case_id, version, Step.RETURN, by)
    unit = Named(case.lead_unit, case.lead_unit_name)
    suggested = staff.department(suggest_unit) if suggest_unit else None
    if suggest_unit and suggested is None:
        raise Invalid(errors={"suggest_unit": ["unknown"]})
    clocks = Clocks.of(case)
    clocks.drop(Stage.SIGN, Stage.CONTACT)
    assisting.dismiss(case, clocks)
    assisted = [UUID(one["id"]) for one in case.assist_units]
    case.return_count += 1
    case.lead_unit, case.lead_unit_name, case.assist_units = None, "", []
    await_unit(case, clocks, by)
    clocks.hand_over(desk())
    hint = Named(suggested.id, suggested.name) if suggested else None
    detail = Returned(reason_code, unit, hint)
    returned = Line(Step.RETURN.verb, Step.RETURN, note, detail, unit=unit.name)
    return move(case, returned, by, clocks=clocks, units=[unit.id, *assisted])
