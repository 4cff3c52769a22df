"""Taking a configuration over: every part through its own services, all or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import connection, transaction

from apps.setup import above, configuration, permissions
from apps.setup.configuration import Diff
from apps.setup.errors import ChangedSince
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_TAKING_OVER = 4_302
"""Class of the advisory lock; the second part is the schema's hash."""


def look(given: object, *, by: Actor) -> Diff:
    """What taking it over would change. Nothing is written.

    Raises Forbidden, UnknownFormat, NewerFormat.
    """
    permissions.require(by, "setup.configure")
    return configuration.compare(given)


def look_above(hall_id: UUID, *, by: Actor) -> Diff:
    """What taking over a hall above would change. Nothing is written here.

    Raises Forbidden, NotFound, NotOffered.
    """
    return configuration.compare(above.document(hall_id, by=by))


@transaction.atomic
def take_above(
    hall_id: UUID, *, seal: str, by: Actor, parts: Collection[str] | None = None
) -> Mapping[str, int]:
    """The same as `take_over`, of a hall above as it is now; raises NotFound, NotOffered too."""
    return take_over(above.document(hall_id, by=by), seal=seal, parts=parts, by=by)


@transaction.atomic
def take_over(
    given: object, *, seal: str, by: Actor, parts: Collection[str] | None = None
) -> Mapping[str, int]:
    """Write what was looked at, all of it or the chosen parts; how many entries were added and
    changed.

    Raises Forbidden, ChangedSince, UnknownFormat, NewerFormat, and whatever the services of a part
    refuse: then nothing of it is written.
    """
    permissions.require(by, "setup.configure")
    _one_at_a_time()
    found = configuration.compare(given)
    if found.seal != seal:
        raise ChangedSince
    found = _only(found, parts)
    diffs = {one.part: one for one in found.parts}
    for part in configuration.parts():
        if part.name in diffs and (wanted := diffs[part.name].wanted()):
            part.put(wanted, by)
    counted = _counted(found)
    audit.record(
        "setup.configuration_taken_over",
        subject="hall",
        subject_id=here().id,
        by=by,
        detail={"source": found.source, **counted},
    )
    live.publish(("desk",), live.Change("setup.configuration", here().id))
    return counted


def _one_at_a_time() -> None:
    """Who comes second looks at what the first has written, and hears that it changed."""
    with connection.cursor() as cursor:
        schema = here().schema_name
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_TAKING_OVER, schema])


def _only(found: Diff, parts: Collection[str] | None) -> Diff:
    if parts is None:
        return found
    return replace(found, parts=tuple(one for one in found.parts if one.part in parts))


def _counted(found: Diff) -> dict[str, int]:
    kinds = [change.kind for part in found.parts for change in part.changes]
    return {kind: kinds.count(kind) for kind in ("added", "changed")}
