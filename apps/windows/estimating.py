"""How long a ticket will wait, from what its own queue did before (M-02, M-03; domain.md §3.7).

Pure: no clock, no database. docs/wait-estimate.md gives the formula, the reasons and the figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

START = 1.5
"""A wait is (people ahead + START) × pace: the own call, and half a call that is under way."""
LEARNS_FROM = 2
"""The pace is learned from people with at least so many ahead: the others met an idle window."""
FEWEST_WAITS = 30
FEWEST_SAME_WEEKDAYS = 3
USUAL_RANGE = (0.4, 2.0)
"""Low and high as shares of the likely wait while a queue has too few waits to tell its own."""
_BANDS = (2, 8, 20)
_LOW, _HIGH = 0.1, 0.9
# Weights of prior knowledge, in people who waited or were called; set on earlier days only.
_HALL_WEIGHT, _HOUR_WEIGHT, _TODAY_WEIGHT = 60, 600, 80
_FORGETS_MINUTES = 60
_ELASTICITY, _ELASTICITY_SPREAD, _OVERDISPERSION = 0.2, 0.2, 5


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait that ended with a call: when it began, how many were ahead, how long it took."""

    day: date
    hour: int
    ahead: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some minutes of a day, ending at minute `ends`, in which somebody waited all the time."""

    ends: float
    minutes: float
    calls: int
    windows: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """Minutes: four of five waits end between `low` and `high`, one half before `likely`."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class History:
    """What a queue taught: minutes per person ahead, by hour and weekday, and what windows do.

    With `windows` open, calls come (windows ÷ usual_windows) ** elasticity times as fast.
    """

    pace: float
    hours: Mapping[int, float]
    weekdays: Mapping[int, float]
    usual_windows: float
    elasticity: float
    ranges: Mapping[int, tuple[float, float]]

    def pace_at(self, minute: float, day: date) -> float:
        """Minutes per person ahead at a minute of a day; an unknown hour has the queue's pace."""
        factor = self.weekdays.get(day.weekday(), 1.0)
        return self.hours.get(int(minute // 60), self.pace) * factor

    def speed_with(self, windows: int) -> float:
        """How much faster than usual so many open windows call; at least one is taken as open."""
        return float((max(windows, 1) / self.usual_windows) ** self.elasticity)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when somebody asks: day, minute of the day, people ahead, open windows."""

    day: date
    minute: float
    ahead: int
    windows: int


def estimate(history: History, moment: Moment, today: Iterable[Stretch]) -> Estimate:
    """The wait of a ticket taken at `moment`; stretches that end later are not looked at.

    With nobody ahead `low` is 0: the next press of a clerk may call it.
    """
    pace = history.pace_at(moment.minute, moment.day)
    speed = _speed_today(history, moment, today) * history.speed_with(moment.windows)
    likely = (moment.ahead + START) * pace / speed
    low, high = history.ranges.get(band(moment.ahead), USUAL_RANGE)
    return Estimate(likely * low if moment.ahead else 0.0, likely, likely * high)


def _speed_today(history: History, moment: Moment, today: Iterable[Stretch]) -> float:
    """Calls seen today ÷ calls expected, the last hour most, pulled towards 1."""
    seen = expected = float(_TODAY_WEIGHT)
    for stretch in today:
        if stretch.ends > moment.minute:
            continue
        weight = exp(-(moment.minute - stretch.ends) / _FORGETS_MINUTES)
        began = stretch.ends - stretch.minutes
        usual = stretch.minutes / history.pace_at(began, moment.day)
        seen += weight * stretch.calls
        expected += weight * usual * history.speed_with(stretch.windows)
    return seen / expected


def learn(
    waits: Sequence[Waited], stretches: Sequence[Stretch], *, wider: float | None = None
) -> History | None:
    """What a queue's earlier days teach; `wider` is the pace of its hall, if that is known.

    None with fewer than FEWEST_WAITS waits to learn from and no wider pace.
    """
    telling = [wait for wait in waits if wait.ahead >= LEARNS_FROM]
    if wider is None and len(telling) < FEWEST_WAITS:
        return None
    own = usual_pace(telling)
    pace = _pulled(own, wider, _HALL_WEIGHT) if wider else own[0]
    hours = {
        hour: _pulled(usual_pace(some), pace, _HOUR_WEIGHT)
        for hour, some in _grouped((wait.hour, wait) for wait in telling).items()
    }
    weekdays = _weekday_factors(telling, pace)
    usual_windows, elasticity = _windows_tell(stretches)
    plain = History(pace, hours, weekdays, usual_windows, elasticity, {})
    return History(pace, hours, weekdays, usual_windows, elasticity, _ranges(plain, waits))


def usual_pace(waits: Iterable[Waited]) -> tuple[float, float]:
    """Median minutes per person ahead, each wait weighing its people; and their number."""
    rows = sorted((wait.minutes / (wait.ahead + START), wait.ahead + START) for wait in waits)
    people = sum(weight for _, weight in rows)
    return _weighted_quantile(rows, people / 2), people


def _weighted_quantile(rows: Iterable[tuple[float, float]], upto: float) -> float:
    value = passed = 0.0
    for row, weight in rows:
        value, passed = row, passed + weight
        if passed >= upto:
            break
    return value


def _pulled(own: tuple[float, float], towards: float, weight: float) -> float:
    value, people = own
    return (value * people + towards * weight) / (people + weight)


def _grouped(pairs: Iterable[tuple[int, Waited]]) -> dict[int, list[Waited]]:
    groups: dict[int, list[Waited]] = defaultdict(list)
    for key, wait in pairs:
        groups[key].append(wait)
    return groups


def _weekday_factors(waits: Iterable[Waited], pace: float) -> dict[int, float]:
    """Weekdays seen at least three times: one Thursday says more of its date than of Thursdays."""
    groups = _grouped((wait.day.weekday(), wait) for wait in waits)
    return {
        weekday: _pulled(usual_pace(some), pace, _HOUR_WEIGHT) / pace
        for weekday, some in groups.items()
        if len({wait.day for wait in some}) >= FEWEST_SAME_WEEKDAYS and pace
    }


def _windows_tell(stretches: Iterable[Stretch]) -> tuple[float, float]:
    """The usual number of windows (geometric mean over minutes) and the elasticity of calls.

    Which of 0.0, 0.1 … 1.0 makes the calls seen with each number of windows most likely (Poisson,
    softened for calls that come in bursts), near _ELASTICITY if little was seen. Windows of which
    nothing is known change nothing.
    """
    calls: dict[int, int] = defaultdict(int)
    minutes: dict[int, float] = defaultdict(float)
    for stretch in stretches:
        if stretch.windows >= 1:
            calls[stretch.windows] += stretch.calls
            minutes[stretch.windows] += stretch.minutes
    total = sum(minutes.values())
    if not total:
        return 1.0, 0.0
    usual = exp(sum(spent * log(windows) for windows, spent in minutes.items()) / total)
    steps = [step / 10 for step in range(11)]
    return usual, max(steps, key=lambda step: _likelihood(step, calls, minutes))


def _likelihood(elasticity: float, calls: Mapping[int, int], minutes: Mapping[int, float]) -> float:
    expected = sum(spent * windows**elasticity for windows, spent in minutes.items())
    seen = elasticity * sum(count * log(windows) for windows, count in calls.items())
    told: float = (seen - sum(calls.values()) * log(expected)) / _OVERDISPERSION
    return told - ((elasticity - _ELASTICITY) / _ELASTICITY_SPREAD) ** 2 / 2


def band(ahead: int) -> int:
    """Ranges are learned apart for 0–1, 2–7, 8–19 and more people ahead."""
    return sum(ahead >= edge for edge in _BANDS)


def _ranges(history: History, waits: Iterable[Waited]) -> dict[int, tuple[float, float]]:
    """By band: tenth and ninetieth percentile of actual ÷ likely wait, around 1."""
    ratios: dict[int, list[float]] = defaultdict(list)
    for wait in waits:
        likely = (wait.ahead + START) * history.pace_at(wait.hour * 60, wait.day)
        if likely:
            ratios[band(wait.ahead)].append(wait.minutes / likely)
    return {
        number: (min(_share(some, _LOW), 1.0), max(_share(some, _HIGH), 1.0))
        for number, some in ratios.items()
        if len(some) >= FEWEST_WAITS
    }


def _share(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
