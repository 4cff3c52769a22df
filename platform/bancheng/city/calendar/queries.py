"""The calendar, hours and limits that hold in the current hall.

Read from the shared tables at most every half minute per process and hall: a change reaches
every process within that time, and a step of a case costs no statement for it.
"""

import time
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q

from bancheng.city.calendar.days import Calendar, Layer, Override
from bancheng.city.calendar.hours import Hours, Interval
from bancheng.city.calendar.models import DayOverride, DeadlinePolicy
from bancheng.city.calendar.policies import Decided, Policy, Source, in_force
from bancheng.kernel.hall import HallRef, here

_REMEMBERED_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """Everything a due date depends on, besides its start."""

    calendar: Calendar
    hours: Hours
    decided: tuple[Decided, ...]

    def policy(self, stage: str, category: str, on: date) -> Policy:
        """The limit in force on a day."""
        return in_force(self.decided, stage, category, on)


_kept: dict[str, tuple[float, Timekeeping]] = {}


def timekeeping() -> Timekeeping:
    """The current hall's calendar, hours and limits."""
    ref = here()
    known = _kept.get(ref.schema_name)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    found = _read(ref)
    if len(_kept) > 5_000:
        _kept.clear()
    _kept[ref.schema_name] = (time.monotonic() + _REMEMBERED_SECONDS, found)
    return found


def forget() -> None:
    """Drop what is remembered: after a change, and between tests."""
    _kept.clear()


@cache
def _published() -> Calendar:
    return Calendar.published()


def _read(ref: HallRef) -> Timekeeping:
    mine = Q(network_id=ref.network_id) & (Q(hall_id=None) | Q(hall_id=ref.id))
    overrides = list(DayOverride.objects.filter(mine).order_by("day", "id"))
    policies = DeadlinePolicy.objects.filter(mine).order_by("effective_from", "id")
    calendar = _published().with_overrides(map(_override, overrides))
    return Timekeeping(calendar, _hours(overrides), tuple(map(_decided, policies)))


def _override(row: DayOverride) -> Override:
    layer = Layer.NETWORK if row.hall_id is None else Layer.HALL
    return Override(row.day, row.working, row.reason, layer, row.decision)


def _hours(overrides: list[DayOverride]) -> Hours:
    """Half days: the hall's word before the network's."""
    special: dict[date, tuple[Interval, ...]] = {}
    for row in sorted(overrides, key=lambda row: row.hall_id is not None):
        if row.hours:
            special[row.day] = tuple(Interval.parse(part) for part in row.hours.split(","))
    return Hours(by_date=special)


def _decided(row: DeadlinePolicy) -> Decided:
    source: Source = "network" if row.hall_id is None else "hall"
    policy = Policy(row.stage, row.category, row.rule, source, row.basis)
    return Decided(policy, row.effective_from)
