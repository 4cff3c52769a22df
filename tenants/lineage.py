"""The current hall and the halls above it: whose decisions it inherits, the nearest first."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from bancheng.kernel.hall import here

_REMEMBERED_SECONDS = 30.0
_kept: dict[str, tuple[float, tuple["Above", ...]]] = {}


@dataclass(frozen=True, slots=True)
class Above:
    """One hall of the line; `distance` 0 is the hall itself, 1 its parent."""

    id: UUID
    name: str
    distance: int


def line() -> tuple[Above, ...]:
    """The current hall, its parent, and so on up to the top; remembered for half a minute."""
    ref = here()
    known = _kept.get(ref.schema_name)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name, distance FROM hall_line(current_user::text) ORDER BY distance"
        )
        found = tuple(Above(*row) for row in cursor.fetchall())
    if len(_kept) > 5_000:
        _kept.clear()
    _kept[ref.schema_name] = (time.monotonic() + _REMEMBERED_SECONDS, found)
    return found


def forget() -> None:
    """Drop what is remembered: after a hall moved, and between tests."""
    _kept.clear()
