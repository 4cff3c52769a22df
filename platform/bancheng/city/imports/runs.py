"""Keeping what becomes of a sheet; the caller's transaction, permission and audit."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from bancheng.city.imports.errors import ImportRunning
from bancheng.city.imports.models import RUNNING, Import, State
from bancheng.kernel import clock, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import here

__all__ = ["Import", "State"]
_TABLE = "imports_import"
_FIELDS = (
    *("state", "sealed", "told", "rows", "done", "plan", "result"),
    *("moved_at", "handed_at", "version"),
)
_KEEP = timedelta(days=7)
_KEEP_SECRETS = timedelta(hours=24)


def new(*, kind: str, said: str, ends_missing: bool, by: Actor) -> Import:
    """A sheet that waits for its look; one of its kind runs at a time. Raises ImportRunning, and
    Invalid for an actor without a post."""
    if by.post_id is None:
        raise Invalid(errors={"by": ["no_post"]})
    row = Import(
        network_id=here().network_id,
        hall_id=here().id,
        kind=kind,
        ends_missing=ends_missing,
        post_id=by.post_id,
        by_name=by.name,
    )
    row.sealed = sealed(row, "sealed", said)
    running = ImportRunning(kind=kind)
    if _mine().filter(kind=kind, state__in=RUNNING).exists():
        raise running
    _mine().filter(kind=kind, state=State.LOOKED).delete()
    with taken("import_running_once", running):
        row.save(force_insert=True)
    return row


def latest(kind: str) -> Import | None:
    """The newest of a kind in this hall, or nothing."""
    return _mine().filter(kind=kind).order_by("-begun_at", "-id").first()


def one(import_id: UUID) -> Import:
    """Raises NotFound, also for another hall's."""
    return _found(_mine().filter(id=import_id).first())


def locked(import_id: UUID) -> Import:
    """The same, nobody else's until the transaction ends."""
    return _found(_mine().select_for_update().filter(id=import_id).first())


def moved(row: Import, state: State | None = None) -> Import:
    """Store what changed; one that is over needs no sheet any more. While its rows are taken over
    the sheet is not written again: it may be a megabyte, and the portions many."""
    before, row.state = row.state, state or State(row.state)
    if row.state in (State.DONE, State.FAILED):
        row.sealed = b""
    row.version, row.moved_at = row.version + 1, clock.now()
    same = {"sealed"} if before == row.state == State.TAKING else set()
    with taken("import_running_once", ImportRunning(kind=row.kind)):
        row.save(force_update=True, update_fields=[one for one in _FIELDS if one not in same])
    return row


def drop(row: Import) -> None:
    """Nothing of it stays."""
    row.delete()


def sealed(row: Import, column: str, text: str) -> bytes:
    """A text under the hall's key, for this row and column."""
    return keyring.keys().seal(text, table=_TABLE, column=column, row=row.id)


def opened(row: Import, column: str) -> str:
    """What was sealed; empty when it is gone."""
    kept = bytes(getattr(row, column))
    if not kept:
        return ""
    return keyring.keys().open(kept, table=_TABLE, column=column, row=row.id)


def forget() -> int:
    """Let go of what was to be handed over a day ago, and of everything after a week."""
    before = clock.now() - _KEEP_SECRETS
    _mine().filter(moved_at__lt=before).exclude(told=b"").update(told=b"")
    return _mine().filter(moved_at__lt=clock.now() - _KEEP).delete()[0]


def _mine() -> QuerySet[Import]:
    return Import.objects.filter(hall_id=here().id)


def _found(row: Import | None) -> Import:
    if row is None:
        raise NotFound
    return row
