"""The values that hold in the current hall; remembered for half a minute per process and hall."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from bancheng.city.parameters import registry
from bancheng.city.parameters.models import ParameterValue
from bancheng.city.parameters.registry import Value
from bancheng.kernel import clock
from bancheng.kernel.hall import here
from tenants import lineage

_REMEMBERED_SECONDS = 30.0
_NETWORK = -1_000


@dataclass(frozen=True, slots=True)
class Made:
    """A decision about a parameter that concerns the current hall.

    `hall` is the name of the hall that made it, empty for the network; the higher `nearness`, the
    later it has its word.
    """

    id: UUID
    key: str
    value: Value
    basis: str
    effective_from: date
    hall: str
    nearness: int
    decided_by: str
    decided_at: datetime

    @property
    def rank(self) -> tuple[int, date]:
        return self.nearness, self.effective_from

    @property
    def own(self) -> bool:
        """Whether the current hall itself made it."""
        return self.nearness == 0


_kept: dict[str, tuple[float, list[Made]]] = {}


def value(key: str, on: date | None = None) -> Value:
    """The value in force on a day (today): the nearest hall's word before the network's, the newest
    before the older, else the default. Raises KeyError for an undeclared key."""
    found = in_force(key, on)
    return registry.of(key).default if found is None else found.value


def in_force(key: str, on: date | None = None) -> Made | None:
    """The decision that holds on a day; None while the default does."""
    day = on or clock.today()
    made = [one for one in decided() if one.key == key and one.effective_from <= day]
    return max(made, key=lambda one: one.rank, default=None)


def number(key: str, on: date | None = None) -> int:
    """A parameter of kind number."""
    found = value(key, on)
    if not isinstance(found, int):
        raise TypeError(key)
    return found


def switch(key: str, on: date | None = None) -> bool:
    """A parameter of kind switch."""
    return value(key, on) is True


def codes(key: str, on: date | None = None) -> tuple[str, ...]:
    """A parameter of kind codes."""
    found = value(key, on)
    return tuple(found) if isinstance(found, list) else ()


def forget() -> None:
    """Drop what is remembered: after a change, and between tests."""
    _kept.clear()


def decided() -> list[Made]:
    """Everything decided for the current hall, by itself, the halls above and the network."""
    ref = here()
    known = _kept.get(ref.schema_name)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    halls = {above.id: above for above in lineage.line()}
    theirs = Q(hall_id=None) | Q(hall_id__in=halls)
    rows = ParameterValue.objects.filter(theirs, network_id=ref.network_id)
    found = [_made(row, halls) for row in rows.order_by("effective_from", "id")]
    if len(_kept) > 5_000:
        _kept.clear()
    _kept[ref.schema_name] = (time.monotonic() + _REMEMBERED_SECONDS, found)
    return found


def _made(row: ParameterValue, halls: dict[UUID, lineage.Above]) -> Made:
    above = halls.get(row.hall_id) if row.hall_id else None
    return Made(
        id=row.id,
        key=row.key,
        value=row.value,
        basis=row.basis,
        effective_from=row.effective_from,
        hall=above.name if above else "",
        nearness=-above.distance if above else _NETWORK,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
