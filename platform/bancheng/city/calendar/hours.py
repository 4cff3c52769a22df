"""When a hall works within a day: intervals with a lunch break, half days, days to 24:00."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from bancheng.city.calendar.errors import BadHours
from bancheng.kernel.clock import ZONE

END_OF_DAY = 24 * 60
_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from `opens` until just before `closes`, in minutes since midnight; 1440 is 24:00."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= END_OF_DAY:
            raise BadHours(reason="interval", opens=self.opens, closes=self.closes)

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """Read `08:30-12:00`; `24:00` closes a day without losing its last minute."""
        opens, _, closes = text.partition("-")
        return cls(_minutes(opens), _minutes(closes))


Intervals = tuple[Interval, ...]
DEFAULT = (Interval(8 * 60 + 30, 12 * 60), Interval(14 * 60, 17 * 60 + 30))


@dataclass(frozen=True, slots=True)
class Hours:
    """A hall's working hours: regular, by ISO weekday (1 = Monday), by single date (half days).

    Either every day has intervals or, with `Hours(())`, none has: then there are no business
    hours and a day ends at 24:00 (民法典 203). A day the hall does not work at all is not an
    empty entry here but a closure in the calendar. `before` are earlier weeks, each kept until
    just before its date, so that new hours never change the days before them.
    """

    regular: Intervals = DEFAULT
    by_weekday: Mapping[int, Intervals] = field(default_factory=lambda: MappingProxyType({}))
    by_date: Mapping[date, Intervals] = field(default_factory=lambda: MappingProxyType({}))
    before: tuple[tuple[date, "Hours"], ...] = ()

    def __post_init__(self) -> None:
        special = [*self.by_weekday.values(), *self.by_date.values()]
        if not all(special) or (special and not self.regular):
            raise BadHours(reason="day_without_hours")
        if not set(self.by_weekday) <= set(range(1, 8)):
            raise BadHours(reason="weekday")
        for intervals in (self.regular, *special):
            _require_in_order(intervals)

    @property
    def exist(self) -> bool:
        """Whether the hall keeps business hours at all."""
        return bool(self.regular)

    def on(self, day: date) -> Intervals:
        """The intervals that hold on this day, if the calendar says that it works."""
        if day in self.by_date:
            return self.by_date[day]
        for until, hours in self.before:
            if day < until:
                return hours.on(day)
        return self.by_weekday.get(day.isoweekday()) or self.regular

    def opening(self, day: date) -> datetime:
        """When this day starts: first opening, or midnight without business hours."""
        intervals = self.on(day)
        return moment(day, intervals[0].opens if intervals else 0)

    def closing(self, day: date) -> datetime:
        """When this day ends: close of business, or 24:00 without business hours (民法典 203)."""
        intervals = self.on(day)
        return moment(day, intervals[-1].closes if intervals else END_OF_DAY)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The intervals of this day as moments; the whole day without business hours."""
        parts = self.on(day) or (Interval(0, END_OF_DAY),)
        return [(moment(day, part.opens), moment(day, part.closes)) for part in parts]


def parse_intervals(text: str) -> Intervals:
    """Read `08:30-12:00,14:00-17:30`; raises BadHours."""
    intervals = tuple(Interval.parse(part) for part in text.split(","))
    _require_in_order(intervals)
    return intervals


def moment(day: date, minute: int) -> datetime:
    """The aware moment `minute` minutes into this day; 1440 is the next day's midnight."""
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=minute)


def _minutes(text: str) -> int:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise BadHours(reason="clock", value=text)
    return int(match[1]) * 60 + int(match[2])


def _require_in_order(intervals: Intervals) -> None:
    for earlier, later in pairwise(intervals):
        if later.opens < earlier.closes:
            raise BadHours(reason="overlap", opens=later.opens, closes=earlier.closes)
