"""The values that hold in the current hall; remembered for half a minute per process and hall."""

import time
from datetime import date

from django.db.models import Q

from bancheng.city.parameters import registry
from bancheng.city.parameters.models import ParameterValue
from bancheng.city.parameters.registry import Value
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, here

_REMEMBERED_SECONDS = 30.0
_Decided = tuple[tuple[bool, date], str, Value]
_kept: dict[str, tuple[float, list[_Decided]]] = {}


def value(key: str, on: date | None = None) -> Value:
    """The value in force on a day (today): the hall's word before the network's, the newest before
    the older, else the default. Raises KeyError for an undeclared key."""
    parameter, day = registry.of(key), on or clock.today()
    made = [
        (rank, decided) for rank, of, decided in _decided(here()) if of == key and rank[1] <= day
    ]
    return max(made, key=lambda item: item[0])[1] if made else parameter.default


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


def _decided(ref: HallRef) -> list[_Decided]:
    known = _kept.get(ref.schema_name)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    mine = Q(network_id=ref.network_id) & (Q(hall_id=None) | Q(hall_id=ref.id))
    rows = ParameterValue.objects.filter(mine).order_by("effective_from", "id")
    found: list[_Decided] = [
        ((row.hall_id is not None, row.effective_from), row.key, row.value) for row in rows
    ]
    if len(_kept) > 5_000:
        _kept.clear()
    _kept[ref.schema_name] = (time.monotonic() + _REMEMBERED_SECONDS, found)
    return found
