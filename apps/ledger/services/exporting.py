"""Files of the ledger: masked ones at once, with names in plain only on two persons' word.

asked ──approve──▶ approved ──fetched up to n times within its hours──▶ expired
  └──refuse──▶ refused      └──withdraw (who asked)──▶ withdrawn
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.ledger import columns as ledger
from apps.ledger import filters, limits, permissions, queries
from apps.ledger.column import Column
from apps.ledger.errors import (
    ExportExpired,
    ExportNotApproved,
    ExportNotOpen,
    OwnExport,
    TooManyRows,
)
from apps.ledger.models import Export, ExportState
from apps.ledger.queries import Line
from apps.notices import services as notices
from apps.staff import queries as staff
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit

REASONS = ("statistics", "inspection", "visiting", "court", "superior", "other")
SUBJECT = "ledger_export"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file is to hold: filters, or a selection by hand; no columns are all 67."""

    filters: Mapping[str, str]
    columns: Sequence[str] = ()
    sort: str = ""
    cases: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file about to be written: its columns, its lines as they are read, what it says of
    itself. `names` are those of the units and people in its filters; `request` is the one with
    which names in plain were asked for."""

    columns: Sequence[Column]
    lines: Iterator[list[Line]]
    filters: Mapping[str, str]
    by: Actor
    at: datetime
    names: Mapping[str, str]
    request: UUID | None = None
    decider: str = ""


@transaction.atomic
def masked(*, wanted: Wanted, shape: str, by: Actor) -> File:
    """A file with masks, on the record. Raises Forbidden, Invalid, TooManyRows."""
    permissions.require(by, "ledger.export")
    asked, columns = filters.of(wanted.filters), _columns(wanted.columns)
    rows = _counted(asked, wanted.cases, by)
    detail = {"rows": rows, "columns": len(columns), "format": shape, "filters": sorted(asked)}
    audit.record("ledger.exported", subject="hall", subject_id=None, by=by, detail=detail)
    lines = queries.lines(asked, by, columns=columns, sort=wanted.sort, cases=wanted.cases)
    return File(columns, lines, asked, by, clock.now(), _names(asked))


@transaction.atomic
def ask(*, wanted: Wanted, reason: str, purpose: str, by: Actor) -> Export:
    """Ask for a file with names, phones and ID numbers; those who may decide hear of it.

    Raises Forbidden, Invalid, TooManyRows.
    """
    permissions.require(by, "ledger.export_plain")
    if by.post_id is None or reason not in REASONS or not purpose.strip():
        raise Invalid(errors={"purpose": ["required"]})
    asked, columns = filters.kept(wanted.filters), _columns(wanted.columns)
    export = Export(
        filters=asked,
        columns=[column.key for column in columns],
        sort=filters.order(wanted.sort).name,
        rows=_counted(asked, (), by),
        reason=reason,
        purpose=purpose.strip(),
        asker=by.post_id,
        asker_name=by.name,
        asked_at=clock.now(),
    )
    export.save(force_insert=True)
    _record("ledger.export_asked", export, by)
    _tell("ledger.export_asked", export, notices.To(roles=permissions.DECIDERS), by)
    return export


@transaction.atomic
def decide(*, export_id: UUID, version: int, decision: str, note: str, by: Actor) -> Export:
    """Allow it for some hours, or refuse it with a reason; never by who asked (§4.2).

    Raises NotFound, Stale, Forbidden, OwnExport, ExportNotOpen, Invalid.
    """
    export = _taken(export_id, version, by)
    permissions.require(by, "ledger.export_decide")
    if export.asker == by.post_id or by.post_id is None:
        raise OwnExport
    if export.state != ExportState.ASKED:
        raise ExportNotOpen(state=export.state)
    if decision != "approve" and not note.strip():
        raise Invalid(errors={"note": ["required"]})
    export.state = ExportState.APPROVED if decision == "approve" else ExportState.REFUSED
    export.decider, export.decider_name = by.post_id, by.name
    export.decided_at, export.note = clock.now(), note.strip()
    if export.state == ExportState.APPROVED:
        export.expires_at = clock.now() + timedelta(hours=limits.plain_hours())
    _move(export, "ledger.export_decided", by)
    _tell("ledger.export_decided", export, notices.To(posts=[export.asker]), by)
    return export


@transaction.atomic
def withdraw(*, export_id: UUID, version: int, by: Actor) -> Export:
    """Take back what one asked for and nobody has decided. Raises NotFound, Stale, Forbidden,
    ExportNotOpen."""
    export = _taken(export_id, version, by)
    if export.asker != by.post_id:
        raise Forbidden(permission="ledger.export_plain")
    if export.state != ExportState.ASKED:
        raise ExportNotOpen(state=export.state)
    export.state = ExportState.WITHDRAWN
    _move(export, "ledger.export_withdrawn", by)
    return export


@transaction.atomic
def fetch(*, export_id: UUID, shape: str, by: Actor) -> File:
    """The file that was allowed, made anew and on the record before its first line is read. What
    was registered after it was asked for is not in it.

    Raises NotFound, Forbidden, ExportNotApproved, ExportExpired, TooManyRows.
    """
    export = _taken(export_id, None, by)
    permissions.require(by, "ledger.export_plain")
    if export.asker != by.post_id:
        raise Forbidden(permission="ledger.export_plain")
    if export.state != ExportState.APPROVED or export.expires_at is None:
        raise ExportNotApproved(state=export.state)
    over = len(export.downloads) >= limits.plain_downloads()
    if over or clock.now() > export.expires_at:
        raise ExportExpired
    _counted(export.filters, (), by, before=export.asked_at)
    export.downloads = [*export.downloads, {"at": clock.now().isoformat(), "format": shape}]
    _move(export, "ledger.export_fetched", by)
    columns = _columns(export.columns)
    lines = queries.lines(
        export.filters,
        by,
        columns=columns,
        sort=export.sort,
        names_in_plain=True,
        before=export.asked_at,
    )
    names = _names(export.filters)
    at, decider = clock.now(), export.decider_name
    return File(columns, lines, export.filters, by, at, names, export.id, decider)


def _names(asked: Mapping[str, str]) -> dict[str, str]:
    """By id, where a filter names a unit or a post."""
    if not {"department", "first_responder", "handler"} & asked.keys():
        return {}
    found = [*staff.departments(), *staff.posts()]
    return {str(row["id"]): str(row["name"]) for row in found}


def _columns(keys: Sequence[str]) -> list[Column]:
    return ledger.chosen(keys) if keys else list(ledger.COLUMNS)


def _counted(
    asked: Mapping[str, str], cases: Sequence[UUID], by: Actor, before: datetime | None = None
) -> int:
    rows, most = queries.count(asked, by, cases=cases, before=before), limits.export_most()
    if rows > most:
        raise TooManyRows(rows=rows, most=most)
    return rows


def _taken(export_id: UUID, version: int | None, by: Actor) -> Export:
    """What was asked for, locked."""
    permissions.require(by, "ledger.read")
    rows = permissions.exports_of(by).select_for_update().filter(id=export_id)
    export = rows.order_by("id").first()
    if export is None:
        raise NotFound
    if version is not None and export.version != version:
        raise Stale(current=export.version)
    return export


def _move(export: Export, action: str, by: Actor) -> None:
    export.version += 1
    export.save(force_update=True)
    _record(action, export, by)


def _record(action: str, export: Export, by: Actor) -> None:
    detail = {
        "state": export.state,
        "rows": export.rows,
        "reason": export.reason,
        "downloads": len(export.downloads),
    }
    audit.record(action, subject=SUBJECT, subject_id=export.id, by=by, detail=detail)


def _tell(kind: str, export: Export, to: notices.To, by: Actor) -> None:
    params: dict[str, Any] = {"name": by.name, "rows": export.rows, "state": export.state}
    notices.tell(notices.Note(kind, SUBJECT, export.id, "", params), to=to, by=by)
