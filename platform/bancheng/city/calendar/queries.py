"""The calendar, hours and limits that hold in the current hall.

Read from the shared tables at most every half minute per process and hall: a change reaches
every process within that time, and a step of a case costs no statement for it.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from bancheng.city.calendar import declared
from bancheng.city.calendar.days import Calendar, Override
from bancheng.city.calendar.hours import Hours, parse_intervals
from bancheng.city.calendar.models import CalendarYear, DayOverride, DeadlinePolicy
from bancheng.city.calendar.notices import NamedDay, Notice, shipped_notices
from bancheng.city.calendar.policies import Decided, Policy, Source, in_force
from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Value
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef, here
from tenants import lineage

_REMEMBERED_SECONDS = 30.0
_NETWORK = -1_000
Halls = Mapping[UUID, lineage.Above]


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """Everything a due date depends on, besides its start.

    `revision` changes with everything that moves clocks which run already: days, hours, years,
    and limits decided to hold for them.
    """

    calendar: Calendar
    hours: Hours
    decided: tuple[Decided, ...]
    revision: str = ""

    def policy(self, stage: str, category: str, on: date) -> Policy:
        """The limit in force on a day."""
        return in_force(self.decided, stage, category, on)


_kept: dict[str, tuple[float, date, Timekeeping]] = {}


def timekeeping() -> Timekeeping:
    """The current hall's calendar, hours and limits."""
    ref, today = here(), clock.today()
    known = _kept.get(ref.schema_name)
    if known is not None and known[0] > time.monotonic() and known[1] == today:
        return known[2]
    found = read(ref)
    if len(_kept) > 5_000:
        _kept.clear()
    _kept[ref.schema_name] = (time.monotonic() + _REMEMBERED_SECONDS, today, found)
    return found


def forget() -> None:
    """Drop what is remembered: after a change, and between tests."""
    _kept.clear()


def read(
    ref: HallRef,
    *,
    years: Iterable[Notice] = (),
    days: Iterable[DayOverride] = (),
    limits: Iterable[DeadlinePolicy] = (),
    week: tuple[date, Value] | None = None,
) -> Timekeeping:
    """What holds in a hall; with further decisions as if they were made."""
    halls = {above.id: above for above in lineage.line()}
    mine = Q(network_id=ref.network_id) & (Q(hall_id=None) | Q(hall_id__in=halls))
    overrides = [*DayOverride.objects.filter(mine).order_by("day", "id"), *days]
    policies = [*DeadlinePolicy.objects.filter(mine).order_by("effective_from", "id"), *limits]
    decided = tuple(_decided(row, halls) for row in policies)
    notices = _notices(ref, years)
    hours = _hours(overrides, halls, week)
    calendar = _layered(_published(notices), overrides, halls)
    return Timekeeping(calendar, hours, decided, _revision(calendar, hours, decided))


def known_notices() -> tuple[Notice, ...]:
    """Every year's notice that holds in the current network, shipped or taken over."""
    return _notices(here(), ())


def _notices(ref: HallRef, further: Iterable[Notice]) -> tuple[Notice, ...]:
    """A year that the network took over stands before the one shipped."""
    found = {notice.year: notice for notice in shipped_notices()}
    for row in CalendarYear.objects.filter(network_id=ref.network_id).order_by("id"):
        days = (NamedDay(date.fromisoformat(day), name, off) for day, name, off in row.days)
        found[row.year] = Notice(row.year, tuple(days), tuple(row.papers))
    found |= {notice.year: notice for notice in further}
    return tuple(found[year] for year in sorted(found))


@cache
def _published(notices: tuple[Notice, ...]) -> Calendar:
    return Calendar.from_notices(notices)


def nearness(hall_id: UUID | None, halls: Halls) -> int:
    """0 for the hall itself, less for those above, least for the network."""
    return _NETWORK if hall_id is None else -halls[hall_id].distance


def _layered(calendar: Calendar, rows: list[DayOverride], halls: Halls) -> Calendar:
    """Network first, then each hall from the top down: the last word is the hall's own."""
    for near in sorted({nearness(row.hall_id, halls) for row in rows}):
        level = [row for row in rows if nearness(row.hall_id, halls) == near]
        calendar = calendar.with_overrides(
            Override(row.day, row.working, row.reason, decision=row.decision) for row in level
        )
    return calendar


def _hours(rows: list[DayOverride], halls: Halls, wanted: tuple[date, Value] | None) -> Hours:
    """The week of every time, and half days: the nearest hall's word last."""
    *earlier, (_, week) = _weeks(wanted)
    ends = [since for since, _ in _weeks(wanted)[1:]]
    before = tuple((end, hours) for end, (_, hours) in zip(ends, earlier, strict=True))
    special = {
        row.day: parse_intervals(row.hours)
        for row in sorted(rows, key=lambda row: nearness(row.hall_id, halls))
        if row.hours
    }
    if not week.exist:
        return week
    return Hours(week.regular, week.by_weekday, special, before)


def _weeks(wanted: tuple[date, Value] | None) -> list[tuple[date, Hours]]:
    """Every week of opening hours with the day it holds from, decided ones and a wanted one."""
    days = {one.effective_from for one in parameters.decided() if one.key == declared.HOURS}
    kept = sorted(day for day in days if wanted is None or day < wanted[0])
    told = [(day, parameters.value(declared.HOURS, day)) for day in (date.min, *kept)]
    told += [wanted] if wanted else []
    return [(day, declared.hours_of(table)) for day, table in told]


def _decided(row: DeadlinePolicy, halls: Halls) -> Decided:
    above = halls.get(row.hall_id) if row.hall_id else None
    source: Source = "network" if above is None else "hall"
    name = above.name if above else ""
    policy = Policy(row.stage, row.category, row.rule, source, row.basis, name, row.recompute)
    return Decided(policy, row.effective_from, above.distance if above else 0)


def _revision(calendar: Calendar, hours: Hours, decided: tuple[Decided, ...]) -> str:
    today = clock.today()
    retold = sorted(
        repr(one) for one in decided if one.policy.recompute and one.effective_from <= today
    )
    days = sorted((day.isoformat(), repr(kind)) for day, kind in calendar.marked.items())
    open_ = (
        hours.before,
        hours.regular,
        sorted(hours.by_weekday.items()),
        sorted(hours.by_date.items()),
    )
    said = repr((sorted(calendar.years), days, open_, retold))
    return sha256(said.encode()).hexdigest()[:16]
