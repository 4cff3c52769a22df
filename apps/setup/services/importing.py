"""A sheet from hand-in to done, without holding a request: looked at, confirmed, taken over portion
by portion. Each portion is one transaction that leaves word of the next one, so that a kill loses
nothing and doubles nothing.

looking ──▶ looked ──confirm──▶ taking ──▶ done          (any refusal ──▶ failed)
"""

import base64
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.setup.errors import RowsWrong
from apps.setup.events import ImportWaits
from apps.setup.import_kinds import KINDS, MOST_NAMED, Json, Kind, Portion
from apps.staff import queries as staff
from bancheng.city.imports import runs
from bancheng.city.imports.errors import HandedOver, NotLooked
from bancheng.city.imports.runs import Import, State
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, NotFound, Refusal, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox

TOLD_FOR = timedelta(minutes=15)
"""So long the passwords can be read again, by the same person, after they were first read."""


@transaction.atomic
def begin(*, kind: str, content: bytes, ends_missing: bool, by: Actor) -> Import:
    """Hand a sheet in for a look. Raises Forbidden, NotTheCity, ImportRunning."""
    KINDS[kind].require(by)
    said = base64.b64encode(content).decode()
    row = runs.new(kind=kind, said=said, ends_missing=ends_missing, by=by)
    _record("import_begun", row, by)
    outbox.publish(ImportWaits(row.id))
    return row


@transaction.atomic
def confirm(*, import_id: UUID, version: int, by: Actor) -> Import:
    """Take over what the look found, exactly. Raises NotFound, Stale, NotLooked, RowsWrong,
    ImportRunning; of people, only who handed the sheet in."""
    row = _taken(import_id, by)
    if row.version != version:
        raise Stale(current=row.version)
    if row.state != State.LOOKED:
        raise NotLooked(state=row.state)
    if row.post_id != by.post_id:
        raise Forbidden(permission="setup.confirm")
    if row.plan["error_count"]:
        raise RowsWrong(errors=row.plan["error_count"])
    runs.moved(row, State.TAKING)
    _record("import_confirmed", row, by)
    outbox.publish(ImportWaits(row.id))
    return row


@transaction.atomic
def drop(*, import_id: UUID, by: Actor) -> None:
    """Leave it. Raises NotFound, NotLooked while it is being taken over."""
    row = _taken(import_id, by)
    if row.state == State.TAKING:
        raise NotLooked(state=row.state)
    _record("import_dropped", row, by)
    runs.drop(row)


@transaction.atomic
def go_on(import_id: UUID) -> None:
    """The look, or the next portion; nothing when it is over or gone."""
    try:
        row = runs.locked(import_id)
    except NotFound:
        return
    if row.state not in (State.LOOKING, State.TAKING):
        return
    try:
        with transaction.atomic():
            _step(row, KINDS[row.kind], _still(row))
    except Refusal as refusal:
        row.result = row.result | {"code": refusal.code, "params": _plain(refusal.params)}
        runs.moved(row, State.FAILED)
    if row.state == State.TAKING:
        outbox.publish(ImportWaits(row.id))
    else:
        live.publish(("staff",), live.Change("setup.import", row.id, row.version))


@transaction.atomic
def passwords(*, import_id: UUID, by: Actor) -> list[Json]:
    """The one-time passwords of those taken on, for who handed the sheet in and for a quarter of an
    hour. Raises NotFound, Forbidden, HandedOver."""
    row = _taken(import_id, by)
    over = row.handed_at is not None and row.handed_at < clock.now() - TOLD_FOR
    told = runs.opened(row, "told")
    if row.post_id != by.post_id or row.state != State.DONE or over or not told:
        raise HandedOver
    if row.handed_at is None:
        row.handed_at = clock.now()
        runs.moved(row)
        _record("import_passwords_told", row, by)
    found: list[Json] = json.loads(told)
    return found


def _step(row: Import, kind: Kind, by: Actor) -> None:
    kind.require(by)
    if row.state == State.LOOKING:
        content = base64.b64decode(runs.opened(row, "sealed"))
        found = kind.look(content, row.ends_missing, by)
        row.plan, row.rows = found.plan, found.rows
        row.sealed = runs.sealed(row, "sealed", found.kept)
        runs.moved(row, State.LOOKED)
        return
    portion = kind.take(row.plan, runs.opened(row, "sealed"), row.done, by)
    row.done += portion.done
    row.result = _summed(row.result, portion)
    if any(one["password"] for one in portion.told):
        row.told = runs.sealed(row, "told", _told(runs.opened(row, "told"), portion.told))
    runs.moved(row, State.DONE if row.done >= row.rows else State.TAKING)


def _summed(before: Json, portion: Portion) -> Json:
    counts = before.get("counts", {})
    for name, number in portion.counts.items():
        counts[name] = counts.get(name, 0) + number
    wrong = [*before.get("row_errors", []), *portion.wrong]
    count = before.get("error_count", 0) + len(portion.wrong)
    return {"counts": counts, "row_errors": wrong[:MOST_NAMED], "error_count": count}


def _told(before: str, more: Sequence[Json]) -> str:
    known = json.loads(before) if before else []
    return json.dumps([*known, *(one for one in more if one["password"])], ensure_ascii=False)


def _still(row: Import) -> Actor:
    """Who handed it in, as they are now: rights that were lost are lost. Raises Forbidden."""
    found = staff.actor_of_post(row.post_id)
    if found is None:
        raise Forbidden(permission="setup.import")
    return found


def _taken(import_id: UUID, by: Actor) -> Import:
    """Locked; unknown to whoever may not take such a sheet over. Raises NotFound, Forbidden."""
    row = runs.locked(import_id)
    KINDS[row.kind].require(by)
    return row


def _plain(params: Any) -> Json:
    found: Json = json.loads(json.dumps(params, default=str))
    return found


def _record(action: str, row: Import, by: Actor) -> None:
    detail = {"kind": row.kind, "rows": row.rows}
    audit.record(f"setup.{action}", subject="import", subject_id=row.id, by=by, detail=detail)
