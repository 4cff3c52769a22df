"""Sums over days, kept by whole months: between two days lies a handful of additions, however far
apart they are. A list shows the time left of every case in it, some of them a year late."""

from collections.abc import Callable
from datetime import date, timedelta

_DAY = timedelta(days=1)


class Months:
    """Adds up what `each` says of a day; that never changes while this lives."""

    def __init__(self, each: Callable[[date], int]) -> None:
        self._each = each
        self._known: dict[tuple[int, int], list[int]] = {}

    def between(self, first: date, last: date) -> int:
        """The sum over the days after `first` up to and with `last`; 0 when there are none."""
        if last <= first:
            return 0
        year, month = first.year, first.month
        total = -self._through(year, month)[first.day]
        while (year, month) != (last.year, last.month):
            total += self._through(year, month)[-1]
            year, month = _following(year, month)
        return total + self._through(year, month)[last.day]

    def _through(self, year: int, month: int) -> list[int]:
        """The sums from the month's beginning up to and with each of its days; nothing at 0."""
        found = self._known.get((year, month))
        if found is None:
            found = self._known[year, month] = self._added_up(date(year, month, 1))
        return found

    def _added_up(self, day: date) -> list[int]:
        sums, month = [0], day.month
        while day.month == month:
            sums.append(sums[-1] + self._each(day))
            day += _DAY
        return sums


def _following(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)
