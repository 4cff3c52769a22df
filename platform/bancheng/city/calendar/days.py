"""Which days work: the yearly notices, overridden by the network, overridden by the hall."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from bancheng.city.calendar.errors import BadOverride
from bancheng.city.calendar.months import Months
from bancheng.city.calendar.notices import NamedDay, Notice, shipped_notices

if TYPE_CHECKING:
    from bancheng.city.calendar.worktime import Worktime


class Kind(StrEnum):
    """What a day is, and at the same time the reason code a ruler shows for it."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    CLOSURE = "closure"
    NEUTRAL_CLOSURE = "closure_neutral"
    EXTRA_WORKING = "extra_working"
    PROVISIONAL_WEEKEND = "provisional_weekend"


RESTING = frozenset({Kind.WEEKEND, Kind.HOLIDAY, Kind.CLOSURE, Kind.PROVISIONAL_WEEKEND})


@dataclass(frozen=True, slots=True)
class DayKind:
    """A day's kind, the holiday's name or the closure's reason, and whether it may change."""

    kind: Kind
    name: str = ""
    provisional: bool = False

    @property
    def works(self) -> bool:
        """Whether the clock runs on this day."""
        return self.kind not in RESTING


class Layer(IntEnum):
    """Who speaks; the higher number has the last word."""

    NETWORK = 1
    HALL = 2


@dataclass(frozen=True, slots=True)
class Override:
    """A local change to one day.

    `works=True` makes it a working day. `works=False` closes it: with the number of a recorded
    `decision` the day stops counting; without one the closure is clock-neutral, the hall is
    shut but promises run on (domain.md §3.8 item 6). `reason` is what the ruler shows.
    """

    day: date
    works: bool
    reason: str
    layer: Layer = Layer.HALL
    decision: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise BadOverride(reason="no_reason", day=self.day.isoformat())


_WORKING = DayKind(Kind.WORKING)
_WEEKEND = DayKind(Kind.WEEKEND)
_PROVISIONAL_WORKING = DayKind(Kind.WORKING, provisional=True)
_PROVISIONAL_WEEKEND = DayKind(Kind.PROVISIONAL_WEEKEND, provisional=True)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Answers what a day is. Build it with `published` or `from_notices`, then layer overrides.

    `years` are those with a published notice; any other year is Monday to Friday and marked
    provisional (domain.md §3.8 item 10).
    """

    years: frozenset[int]
    marked: Mapping[date, DayKind]
    counted: Months = field(init=False, repr=False, compare=False)
    """Working days, added up."""
    timed: "dict[int, Worktime]" = field(init=False, repr=False, compare=False)
    """Working time, by the identity of the hours that it lies in."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counted", Months(self.works))
        object.__setattr__(self, "timed", {})

    @classmethod
    def from_notices(cls, notices: Iterable[Notice]) -> "Calendar":
        """A calendar of these years; where two notices name one day, the later year's wins."""
        ordered = sorted(notices, key=lambda notice: notice.year)
        marked = {named.day: _of_notice(named) for notice in ordered for named in notice.days}
        return cls(frozenset(notice.year for notice in ordered), MappingProxyType(marked))

    @classmethod
    def published(cls) -> "Calendar":
        """The calendar of every notice shipped with the product (2020–2026)."""
        return cls.from_notices(shipped_notices())

    def with_overrides(self, overrides: Iterable[Override]) -> "Calendar":
        """A new calendar with these days changed: the network's first, then the hall's.

        Call it again for a further level below (district, then street): the last call wins.
        """
        ordered = sorted(overrides, key=lambda override: (override.layer, override.day))
        _require_one_each(ordered)
        marked = dict(self.marked)
        layered = replace(self, marked=MappingProxyType(marked))
        for override in ordered:
            marked[override.day] = _overridden(layered.day(override.day), override)
        return layered

    def day(self, day: date) -> DayKind:
        """What this day is."""
        known = self.marked.get(day)
        if known is not None:
            return known
        at_weekend = day.isoweekday() > 5
        if day.year in self.years:
            return _WEEKEND if at_weekend else _WORKING
        return _PROVISIONAL_WEEKEND if at_weekend else _PROVISIONAL_WORKING

    def works(self, day: date) -> bool:
        """Whether the clock runs on this day."""
        return self.day(day).works


def _of_notice(named: NamedDay) -> DayKind:
    return DayKind(Kind.HOLIDAY if named.off else Kind.MAKE_UP, named.name)


def _overridden(base: DayKind, override: Override) -> DayKind:
    if override.works:
        return DayKind(Kind.EXTRA_WORKING, override.reason)
    if not base.works:
        return base
    if override.decision:
        return DayKind(Kind.CLOSURE, override.reason)
    return DayKind(Kind.NEUTRAL_CLOSURE, override.reason, base.provisional)


def _require_one_each(ordered: list[Override]) -> None:
    for earlier, later in pairwise(ordered):
        if (earlier.layer, earlier.day) == (later.layer, later.day):
            raise BadOverride(reason="day_overridden_twice", day=later.day.isoformat())
