"""Where the demo's working days and minutes lie on the real calendar.

The demonstration day is today, whatever day that is; the days before it are the working days
before today. "Now" of the demonstration is the real now, and what happened earlier on that day is
put before it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bancheng.city.calendar.days import Calendar
from bancheng.kernel import clock

_MORNING, _AFTERNOON = time(8, 30), time(14)
_NOON_MINUTE = 210
_LONGEST_AGO = 330


@dataclass(frozen=True, slots=True)
class Timetable:
    """`days[n]` is the nth working day before today; `days[0]` is today."""

    now: datetime
    demo_minute: int
    days: tuple[date, ...]

    def at(self, ago: int, minute: int) -> datetime:
        """Working minute `minute` of the day `ago` working days before the demonstration."""
        if ago > 0:
            return _on(self.days[ago], minute)
        since_midnight = self.now - _midnight(self.days[0])
        room = min(timedelta(minutes=self.demo_minute), since_midnight * 0.9)
        return self.now - room * max(0.0, 1 - minute / self.demo_minute)


def timetable(demo_minute: int, now: datetime | None = None) -> Timetable:
    """The timetable for a demonstration that begins now."""
    now = now or clock.now()
    today = clock.day_of(now)
    published, days = Calendar.published(), [today]
    while len(days) <= _LONGEST_AGO:
        day = days[-1] - timedelta(days=1)
        while not published.works(day):
            day -= timedelta(days=1)
        days.append(day)
    return Timetable(now, demo_minute, tuple(days))


def _on(day: date, minute: int) -> datetime:
    """Working minute 0 is 08:30, 210 is 14:00."""
    start, past = (
        (_MORNING, minute) if minute < _NOON_MINUTE else (_AFTERNOON, minute - _NOON_MINUTE)
    )
    return datetime.combine(day, start, clock.ZONE) + timedelta(minutes=past)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def midday(day: str) -> datetime:
    """Noon of an ISO day, in the halls' zone."""
    return datetime.combine(date.fromisoformat(day), time(12), clock.ZONE)
