"""What really happened, from the series of current numbers: when the newest number was called.

Newest number at moment t = number called last + people waiting. It is called when the current
number reaches it. Between two readings the numbers are taken as called evenly, or (`seen`) all
at the later one. docs/wait-estimate.md says what is left out and why.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from apps.windows.estimating import Stretch
from bancheng.config.commands.bench_wait_snapshots import Reading

LONGEST_GAP = 15
_MOST_FOREIGN = 0.1
_MOST_BACK = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A moment at which the newest number's wait is known afterwards."""

    at: Reading
    minutes: float


@dataclass(slots=True)
class Truth:
    """The moments of one queue and day that can be judged, and why others cannot."""

    asked: list[Asked] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def truth(readings: Sequence[Reading], *, fewest: int, seen: bool = False) -> Truth:
    """Every moment with at least `fewest` waiting, judged or counted as left out."""
    found = Truth()
    known = [reading for reading in readings if reading.number is not None]
    minutes = [reading.minute for reading in known]
    highest = list(accumulate((reading.number or 0 for reading in known), max))
    mixed = is_mixed(readings)
    place = 0
    for reading in readings:
        while place < len(known) and minutes[place] <= reading.minute:
            place += 1
        if reading.waiting < fewest:
            continue
        reason = "queue of mixed series" if mixed else _unusable(reading, highest[:place][-1:])
        called = None if reason else _called(reading, minutes[place:], highest[place:], seen)
        if isinstance(called, float):
            found.asked.append(Asked(reading, called))
        else:
            found.left_out[reason or str(called)] += 1
    return found


def is_mixed(readings: Sequence[Reading]) -> bool:
    """Were more than a tenth of the day's numbers from other letters or series?"""
    foreign = sum(reading.foreign for reading in readings)
    return foreign > _MOST_FOREIGN * (foreign + sum(r.number is not None for r in readings))


def _unusable(reading: Reading, highest: Sequence[int]) -> str:
    if reading.windows < 1:
        return "no window open"
    if reading.number is None:
        return "no number shown"
    return "older number shown" if reading.number < highest[0] - _MOST_BACK else ""


def _called(
    reading: Reading, minutes: Sequence[int], highest: Sequence[int], seen: bool
) -> float | str:
    """Minutes until the newest number was called, or why that cannot be told."""
    before, last = reading.minute, reading.number or 0
    target = last + reading.waiting
    for minute, number in zip(minutes, highest, strict=True):
        if number < target:
            before, last = minute, max(number, last)
            continue
        if minute - before > LONGEST_GAP:
            return "no readings around the call"
        if seen or number <= last:
            return float(minute - reading.minute)
        share = (target - last) / (number - last)
        return before + (minute - before) * share - reading.minute
    return "never called that day"


def stretches(readings: Sequence[Reading]) -> list[Stretch]:
    """Between neighbouring readings: minutes with people waiting, and the numbers called in them.

    Each ends at its second reading, so whoever asks at that moment may know it.
    """
    known = [reading for reading in readings if reading.number is not None]
    highest = list(accumulate((reading.number or 0 for reading in known), max))
    found = []
    for (first, second), (low, high) in zip(pairwise(known), pairwise(highest), strict=True):
        minutes = second.minute - first.minute
        busy = first.waiting and first.windows and second.windows
        if busy and 0 < minutes <= LONGEST_GAP:
            found.append(Stretch(second.minute, minutes, high - low, first.windows))
    return found
