"""Whose business an item is: this hall's department, or a hall above that decides (C-39, C-84)."""

from dataclasses import dataclass
from uuid import UUID

from apps.cases.intake import limits as intake_limits
from apps.staff import queries as staff
from bancheng.city.catalogue import authority
from bancheng.city.catalogue.authority import Decider
from bancheng.kernel.hall import HallRef, Level, here
from tenants import directory

_HEIGHT = {Level.STREET: 0, Level.DISTRICT: 1, Level.CITY: 2}
_JOINING = str.maketrans("", "", "和与、")


@dataclass(frozen=True, slots=True)
class Section:
    """A department of this hall."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Route:
    """Where a matter belongs. `why` is a code: decided_here, decided_above, decided_below,
    no_department, no_item. At most one of `unit` and `hall` is proposed."""

    why: str
    unit: Section | None = None
    hall: HallRef | None = None
    deciders: tuple[Decider, ...] = ()


def route(item: str) -> Route:
    """The proposal for an item: here when this level decides, else the nearest level above.

    An item that only a level below decides is proposed to nobody: whoever sends it down says so.
    """
    found = tuple(authority.deciders(item)) if item else ()
    if not found:
        return Route("no_item")
    mine = [one for one in found if one.level is here().level]
    if mine:
        unit = next((unit for one in mine if (unit := _department(one.unit))), None)
        return Route("decided_here" if unit else "no_department", unit=unit, deciders=found)
    hall = _nearest_above({one.level for one in found})
    return Route("decided_above" if hall else "decided_below", hall=hall, deciders=found)


def section_of(item: str) -> UUID | None:
    """The department whose business an item is here, whoever decides it (C-31)."""
    units = dict.fromkeys(one.unit for one in authority.deciders(item)) if item else {}
    found = next((unit for name in units if (unit := _department(name))), None)
    return found.id if found else None


def _department(unit: str) -> Section | None:
    """The hall's own department for a kind of unit: as the hall set it, else the one whose name
    contains the kind's (云江市青禾区民政局 for 民政)."""
    wanted = intake_limits.sections().get(unit, unit).translate(_JOINING)
    if not wanted:
        return None
    for row in staff.departments():
        if wanted in row["name"].translate(_JOINING):
            return Section(row["id"], row["name"])
    return None


def _nearest_above(levels: set[Level]) -> HallRef | None:
    """The first hall up the tree whose level decides."""
    above = here().parent_id
    while above is not None:
        hall = directory.by_id(above)
        if hall.level in levels:
            return hall
        above = hall.parent_id if _HEIGHT[hall.level] < _HEIGHT[Level.CITY] else None
    return None
