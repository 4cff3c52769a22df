"""Blocks of operations beside their floor, in turns; medians of rounds, with their spread."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil

from tests.benchmarks.cpu import Meter

Act = Callable[[], None]
"""One operation; raises when its answer is not the right one, and then there is no result."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way to do the work: `prepare` makes the acts of a block and is not measured.

    `where` names the process trees whose time counts. With several `lanes` the acts are done by
    as many clients at once.
    """

    prepare: Callable[[], Sequence[Act]]
    where: tuple[str, ...]
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Workload:
    """A row of performance.md §8. `target` and `stretch` are words of that table."""

    key: str
    name: str
    product: Side
    floor_name: str
    floor: Side
    target: str
    goal_us: float | None
    stretch: str = ""


@dataclass(slots=True)
class Block:
    """One round of one side, per operation."""

    cpu_us: dict[str, float]
    walls: list[float]

    @property
    def total_us(self) -> float:
        return sum(self.cpu_us.values())


@dataclass(slots=True)
class Result:
    """All rounds of one workload."""

    workload: Workload
    product: list[Block] = field(default_factory=list)
    floor: list[Block] = field(default_factory=list)

    def ratios(self) -> list[float]:
        """Product over floor, round by round."""
        pairs = zip(self.product, self.floor, strict=True)
        return [mine.total_us / floor.total_us for mine, floor in pairs]


def run(workloads: Sequence[Workload], meter: Meter, rounds: int) -> list[Result]:
    """Every round does each workload and its floor once, so that neighbours' load hits both.

    One round before them is thrown away: caches, connections, plans.
    """
    results = [Result(workload) for workload in workloads]
    for number in range(rounds + 1):
        for result in results:
            mine = measured(result.workload.product, meter)
            floor = measured(result.workload.floor, meter)
            if number:
                result.product.append(mine)
                result.floor.append(floor)
    return results


def measured(side: Side, meter: Meter) -> Block:
    """One block of a side."""
    acts = side.prepare()
    meter.begin()
    walls = _in_lanes(acts, side.lanes) if side.lanes > 1 else _timed(acts)
    spent = meter.microseconds()
    return Block({name: spent[name] / len(acts) for name in side.where}, walls)


def _timed(acts: Iterable[Act]) -> list[float]:
    walls = []
    for act in acts:
        began = time.perf_counter()
        act()
        walls.append(time.perf_counter() - began)
    return walls


def _in_lanes(acts: Sequence[Act], lanes: int) -> list[float]:
    with ThreadPoolExecutor(lanes) as pool:
        parts = pool.map(_timed, [acts[lane::lanes] for lane in range(lanes)])
        return [wall for part in parts for wall in part]


def median(values: Iterable[float]) -> float:
    return statistics.median(list(values))


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest round."""
    return min(values), max(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]
