"""Where facts come from. Apps register their readers in AppConfig.ready, because the city knows
no app; every reader runs inside the hall whose day is being folded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bancheng.city.rollups.facts import Slice

DayReader = Callable[[date], Iterable[Slice]]
ChangeReader = Callable[[datetime], Iterable[date]]


@dataclass(frozen=True, slots=True)
class Moment:
    """The queue of a hall right now."""

    waiting: int = 0
    serving: int = 0
    open_windows: int = 0
    oldest_wait_at: datetime | None = None


_days: list[DayReader] = []
_changes: list[ChangeReader] = []
_moments: list[Callable[[], Moment]] = []


def register(*, day: DayReader, changes: ChangeReader) -> None:
    """Add an app: `day` counts one day from its own tables; `changes` names the days whose
    figures an event at or after the given instant may have changed."""
    if day not in _days:
        _days.append(day)
        _changes.append(changes)


def register_moment(read: Callable[[], Moment]) -> None:
    """Add the app that knows the queue."""
    if read not in _moments:
        _moments.append(read)


def slices(day: date) -> list[Slice]:
    """Everything the apps count for one day of the current hall."""
    return [part for read in _days for part in read(day)]


def changed_since(at: datetime) -> set[date]:
    """The days of the current hall that events since `at` touched."""
    return {day for read in _changes for day in read(at)}


def moment() -> Moment:
    """The current hall's queue right now; all zero where no app keeps one."""
    return _moments[0]() if _moments else Moment()
