"""Reading how far a sheet is, for whoever may take such a sheet over."""

from uuid import UUID

from apps.setup import people_sheet
from apps.setup.import_kinds import KINDS
from bancheng.city.imports import runs
from bancheng.city.imports.runs import Import
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.kernel.sheets.writing import as_xlsx


def latest(kind: str, by: Actor) -> Import | None:
    """The newest of a kind in this hall. Raises Forbidden, NotTheCity, Invalid."""
    if kind not in KINDS:
        raise Invalid(errors={"kind": ["invalid"]})
    KINDS[kind].require(by)
    return runs.latest(kind)


def one(import_id: UUID, by: Actor) -> Import:
    """Raises NotFound, Forbidden, NotTheCity."""
    row = runs.one(import_id)
    KINDS[row.kind].require(by)
    return row


def people_template(by: Actor) -> bytes:
    """An XLSX with the headings and one example. Raises Forbidden."""
    KINDS["people"].require(by)
    return as_xlsx(people_sheet.COLUMNS, [people_sheet.EXAMPLE])
