"""The load of a hall by quarter-hour: what a day looks like from its opening to its end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

QUARTERS = 96


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter-hour, 0 from midnight to 95; figures belong to when they happened.

    `waiting` is how many waited when it ended; waits are those that ended with a call in it.
    """

    quarter: int
    tickets: int = 0
    called: int = 0
    served: int = 0
    missed: int = 0
    waiting: int = 0
    wait_n: int = 0
    wait_sum_s: int = 0
    staffed_seconds: int = 0


COUNTS = tuple(name for name in Quarter.__dataclass_fields__ if name != "quarter")
Reader = Callable[[date], Iterable[Quarter]]
_readers: list[Reader] = []


def register(read: Reader) -> None:
    """Add the app that knows the queue."""
    if read not in _readers:
        _readers.append(read)


def of(day: date) -> list[Quarter]:
    """The quarters of a day of the current hall in which anything happened."""
    return [quarter for read in _readers for quarter in read(day)]
