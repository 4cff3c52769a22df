"""The load of a day by quarter-hour as the board draws it."""

from dataclasses import dataclass
from datetime import date

from bancheng.city.rollups import queries as rollups
from bancheng.city.rollups.quarters import Quarter

_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter-hour; `start` is local time."""

    start: str
    issued: int
    called: int
    served: int
    missed: int
    waiting: int
    wait_mean_seconds: int | None
    open_windows: float


def of_day(day: date) -> list[Point]:
    """The curve of a day of this hall, from the facts: at most seconds behind."""
    return [_point(quarter) for quarter in rollups.quarters(day)]


def _point(quarter: Quarter) -> Point:
    hours, minutes = divmod(quarter.quarter * 15, 60)
    return Point(
        start=f"{hours:02}:{minutes:02}",
        issued=quarter.tickets,
        called=quarter.called,
        served=quarter.served,
        missed=quarter.missed,
        waiting=quarter.waiting,
        wait_mean_seconds=quarter.wait_sum_s // quarter.wait_n if quarter.wait_n else None,
        open_windows=round(quarter.staffed_seconds / _SECONDS, 2),
    )
