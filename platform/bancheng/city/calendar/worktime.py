"""Working time between two moments, for a calendar and the hours in it: whole days are added up by
months, the parts of a day are remembered."""

from datetime import date, datetime, timedelta

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.errors import NeverDue
from bancheng.city.calendar.hours import END_OF_DAY, Hours
from bancheng.city.calendar.months import Months
from bancheng.city.calendar.spans import HORIZON_DAYS

_DAY = timedelta(days=1)
_MINUTE = 60_000_000
_WHOLE_DAY = ((0, END_OF_DAY * _MINUTE),)
_MOST_HOURS = 64
Parts = tuple[tuple[int, int], ...]


class Worktime:
    """Everything in microseconds."""

    def __init__(self, calendar: Calendar, hours: Hours) -> None:
        self._calendar, self.hours = calendar, hours
        self._parts: dict[date, Parts] = {}
        self._days = Months(self._of_day)

    def between(self, first: datetime, last: datetime) -> int:
        """From one moment in the hall's time to another; raises NeverDue beyond the horizon."""
        if last <= first:
            return 0
        begun, ended = first.date(), last.date()
        if (ended - begun).days >= HORIZON_DAYS:
            raise NeverDue(start=begun.isoformat())
        whole = self._days.between(begun - _DAY, ended - _DAY)
        return whole - self._until(first) + self._until(last)

    def _of_day(self, day: date) -> int:
        return sum(closes - opens for opens, closes in self._parts_of(day))

    def _until(self, at: datetime) -> int:
        """Of the moment's day, until it."""
        now = ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
        found = 0
        for opens, closes in self._parts_of(at.date()):
            if opens < now:
                found += (closes if closes < now else now) - opens
        return found

    def _parts_of(self, day: date) -> Parts:
        parts = self._parts.get(day)
        if parts is None:
            parts = self._parts[day] = self._worked(day)
        return parts

    def _worked(self, day: date) -> Parts:
        if not self._calendar.works(day):
            return ()
        if not self.hours.exist:
            return _WHOLE_DAY
        return tuple((part.opens * _MINUTE, part.closes * _MINUTE) for part in self.hours.on(day))


def worktime(calendar: Calendar, hours: Hours) -> Worktime:
    """Made once for a calendar and its hours; halls with a calendar of nobody's share it."""
    known = calendar.timed.get(id(hours))
    if known is None:
        if len(calendar.timed) >= _MOST_HOURS:
            calendar.timed.clear()
        known = calendar.timed[id(hours)] = Worktime(calendar, hours)
    return known
