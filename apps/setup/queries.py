"""Reading what a hall sets up: items with what it does differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from apps.setup import item_plan, item_sheet, permissions
from apps.setup.item_plan import Plan
from apps.staff import permissions as staff
from bancheng.city.catalogue import queries as catalogue
from bancheng.city.catalogue.queries import AtHall, Material
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page, page
from bancheng.kernel.errors import Invalid
from bancheng.kernel.sheets.writing import as_csv, as_xlsx

STATES = ("current", "coming", "ended", "all")


def items(request: HttpRequest, by: Actor) -> Page:
    """Items by code: those whose name, code or unit holds `q`, in one `state`."""
    permissions.require(by, "setup.read")
    state = request.GET.get("state", "current")
    if state not in STATES:
        raise Invalid(errors={"state": ["invalid"]})
    rows = catalogue.known_items().filter(_in_state(state))
    words = request.GET.get("q", "").strip()[:80].replace("\0", "")
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(code__icontains=words) | Q(unit__icontains=words)
        )
    return page(rows, order=["code"], request=request)


def _in_state(state: str) -> Q:
    today = clock.today()
    ended, coming = Q(effective_to__lt=today), Q(effective_from__gt=today)
    begun = Q(effective_from__isnull=True) | Q(effective_from__lte=today)
    open_ = Q(effective_to__isnull=True) | Q(effective_to__gte=today)
    return {"current": begun & open_, "coming": coming, "ended": ended, "all": Q()}[state]


def shown(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Items in the shape of the API, with what this hall does differently."""
    mine = {one.item: one for one in catalogue.at_hall()}
    return [_shown(row, mine.get(row.code)) for row in rows]


def item(item_id: UUID, by: Actor) -> dict[str, Any]:
    """One item; raises NotFound."""
    permissions.require(by, "setup.read")
    return shown([catalogue.item_row(item_id)])[0]


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """An item as it holds here; `place` is where in the house it is done, if the hall said so."""

    code: str
    name: str
    unit: str
    limit_days: int | None
    materials: tuple[Material, ...]
    place: str


def item_for_forms(code: str, by: Actor) -> OfferedItem | None:
    """An item for whoever works with cases; None where it is not offered."""
    staff.require(by, "catalogue.read")
    found = catalogue.item_here(code) if 0 < len(code) <= 40 and "\0" not in code else None
    if found is None:
        return None
    today = clock.today()
    place = next((one.place for one in catalogue.at_hall(code) if one.since <= today), "")
    return OfferedItem(code, found.name, found.unit, found.limit_days, found.materials, place)


def _shown(row: Any, mine: AtHall | None) -> dict[str, Any]:
    names = ("id", "code", "name", "unit", "levels", "limit_days", "materials", "version")
    return {name: getattr(row, name) for name in names} | {
        "since": row.effective_from,
        "until": row.effective_to,
        "here": mine,
    }


def planned(content: bytes, *, ends_missing: bool) -> Plan:
    """A sheet compared with the items there are now."""
    known = {one.code: one for one in catalogue.all_items()}
    return item_plan.plan(content, known, ends_missing=ends_missing, today=clock.today())


def exported(by: Actor, *, as_csv_: bool) -> bytes:
    """Every item as a sheet that can be imported again."""
    permissions.require(by, "setup.read")
    rows = [item_sheet.as_row(one) for one in catalogue.all_items()]
    return as_csv(item_sheet.COLUMNS, rows) if as_csv_ else as_xlsx(item_sheet.COLUMNS, rows)


def template(by: Actor) -> bytes:
    """An XLSX with the headings and one example."""
    permissions.require(by, "setup.read")
    return as_xlsx(item_sheet.COLUMNS, [item_sheet.EXAMPLE])


def counted(plan: Plan) -> Mapping[str, int]:
    """How many items a plan adds, changes, ends and leaves."""
    kinds = (item_plan.ADDED, item_plan.CHANGED, item_plan.ENDED)
    return {kind: plan.count(kind) for kind in kinds} | {"unchanged": plan.unchanged}
