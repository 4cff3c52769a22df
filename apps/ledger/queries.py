"""Reading the ledger: a page of it, a selection, saved views, files that were asked for."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from apps.cases.listing import pages
from apps.ledger import columns as ledger
from apps.ledger import entries, filters, limits, permissions
from apps.ledger.cells import Cell, plain
from apps.ledger.column import Column
from apps.ledger.filters import Filters
from apps.ledger.models import Export, ExportState, View
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page
from bancheng.kernel.errors import NotFound

EXPORT_ORDER = ("-asked_at", "-id")
_HEAD = ("id", "number", "state", "version", "lead_unit")
Line = list[Cell]


def column_list(by: Actor) -> list[dict[str, Any]]:
    """All 67 in their order, without their words."""
    permissions.require(by, "ledger.read")
    return [
        {
            "number": one.number,
            "key": one.key,
            "kind": one.kind,
            "group": one.group,
            "width": one.width,
            "missing": one.missing or None,
            "first_look": one.key in ledger.FIRST_LOOK,
        }
        for one in ledger.COLUMNS
    ]


def page(
    asked: Filters, by: Actor, *, columns: Sequence[str], sort: str, limit: int, cursor: str
) -> Page:
    """One page: each case with its cells in the ledger's order; raises Invalid, Forbidden."""
    permissions.require(by, "ledger.read")
    chosen = ledger.chosen(columns or ledger.FIRST_LOOK)
    rows = filters.rows(asked, by)
    found = pages.page(rows, filters.order(sort), limit=limit, cursor=cursor, columns=_HEAD)
    heads = {row["id"]: row for row in found.rows}
    needs = ledger.needs(chosen)
    about = entries.around(needs)
    shown = [
        {name: heads[entry.record.case.id][name] for name in ("id", "number", "state", "version")}
        | {"cells": [plain(column.read(entry)) for column in chosen]}
        for entry in entries.batch(list(heads), by, needs=needs, about=about)
    ]
    return Page(shown, found.next)


def selection(asked: Filters, by: Actor, *, sort: str) -> tuple[list[dict[str, Any]], bool]:
    """The first cases of a filter, as many as one act may take, with the versions they have now;
    and whether there are more."""
    permissions.require(by, "ledger.read")
    most = limits.bulk_most()
    rows = filters.rows(asked, by)
    found = pages.page(rows, filters.order(sort), limit=most, columns=_HEAD)
    wanted = [{name: row[name] for name in ("id", "number", "version")} for row in found.rows]
    return wanted, found.next is not None


def lines(
    asked: Filters,
    by: Actor,
    *,
    columns: Sequence[Column],
    sort: str,
    cases: Sequence[UUID] = (),
    names_in_plain: bool = False,
    before: Any = None,
) -> Iterator[list[Line]]:
    """The whole ledger in batches of lines; one batch is held at a time. `before` leaves out what
    was registered later."""
    rows = filters.rows(asked, by, cases=cases)
    if before is not None:
        rows = rows.filter(registered_at__lte=before)
    needs = ledger.needs(columns)
    about = entries.around(needs)
    for batch in pages.walk(rows, filters.order(sort), columns=("id",)):
        ids = [row["id"] for row in batch]
        found = entries.batch(ids, by, needs=needs, about=about, plain=names_in_plain)
        yield [[column.read(entry) for column in columns] for entry in found]


def count(asked: Filters, by: Actor, *, cases: Sequence[UUID] = (), before: Any = None) -> int:
    """How many cases fit; `before` as for the lines."""
    rows = filters.rows(asked, by, cases=cases)
    if before is not None:
        rows = rows.filter(registered_at__lte=before)
    return rows.order_by().count()


def views(by: Actor) -> list[dict[str, Any]]:
    """One's own saved views and the team's, by name."""
    permissions.require(by, "ledger.read")
    return [view_body(row, by) for row in permissions.views_of(by).order_by("name", "id")]


def view_body(row: View, by: Actor) -> dict[str, Any]:
    """A saved view in the shape of the API."""
    fields = ("id", "version", "name", "team", "filters", "columns", "sort", "owner_name")
    return {name: getattr(row, name) for name in fields} | {
        "mine": row.owner == by.post_id,
        "may": ["change", "remove"] if permissions.may_change(by, row) else [],
    }


def exports(by: Actor) -> Any:
    """What the asker may see of files that were asked for, to be paged by EXPORT_ORDER."""
    permissions.require(by, "ledger.read")
    return permissions.exports_of(by)


def export(export_id: UUID, by: Actor) -> Export:
    """One of them; raises NotFound."""
    row: Export | None = exports(by).filter(id=export_id).first()
    if row is None:
        raise NotFound
    return row


def export_body(row: Export, by: Actor) -> dict[str, Any]:
    """A file that was asked for, in the shape of the API."""
    fields = ("id", "version", "state", "filters", "columns", "sort", "rows", "reason", "purpose")
    moments = ("asker_name", "asked_at", "decider_name", "decided_at", "note", "expires_at")
    return {name: getattr(row, name) for name in (*fields, *moments)} | {
        "downloads": len(row.downloads),
        "downloads_left": _left(row),
        "may": _may(row, by),
    }


def _left(row: Export) -> int:
    """How often it can still be fetched."""
    if row.state != ExportState.APPROVED or row.expires_at is None or clock.now() > row.expires_at:
        return 0
    return max(0, limits.plain_downloads() - len(row.downloads))


def _may(row: Export, by: Actor) -> list[str]:
    found = ["decide"] if permissions.may_decide(by, row) else []
    if row.asker == by.post_id:
        found += ["withdraw"] if row.state == ExportState.ASKED else []
        found += ["fetch"] if _left(row) else []
    return found
