"""W6: the city page over 50 halls, and folding one hall's day."""

from datetime import timedelta
from itertools import count

from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.benchmarks.browser import WrongAnswer
from tests.benchmarks.desk import WHERE
from tests.benchmarks.floors import Floors
from tests.benchmarks.measuring import Act, Side, Workload
from tests.benchmarks.world import World, person


class City:
    """The city hall's page. Every opening asks for another 30 days, so that none is a kept one."""

    def __init__(self, world: World, floors: Floors, times: int) -> None:
        person(world.city, "city", Role.CITY_ADMIN)
        self._page = world.browser(world.city, "city")
        self._world, self._floors, self._times = world, floors, times
        self._back = count()

    def workloads(self) -> list[Workload]:
        n = self._times
        page, again = Side(self._openings, WHERE), Side(self._reopenings, WHERE)
        floor, name = self._floors.page(n), "D4: the sums in one statement"
        full, empty = (self._folds(ref) for ref in (self._world.street, self._world.halls[6]))
        goal = ("≤ 15 ms", 15_000.0, "≤ 8 ms")
        return [
            Workload("W6", "city page, 50 halls × 30 days", page, name, floor, *goal),
            Workload("W6", "the same page, nothing changed", again, name, floor, *goal),
            Workload(
                "W6",
                "fold today, the busy hall",
                full,
                "fold today, an empty hall",
                empty,
                "1.1 ms small, 2.4 ms large",
                None,
            ),
        ]

    def _openings(self) -> list[Act]:
        return [self._open(next(self._back)) for _ in range(self._times)]

    def _reopenings(self) -> list[Act]:
        return [self._open(0)] * self._times

    def _open(self, back: int) -> Act:
        last = clock.today() - timedelta(days=back % 70)
        first = last - timedelta(days=29)
        metric = ("on_time", "substantive", "window_load", "wait")[back // 70 % 4]
        path = f"city/halls?from={first}&to={last}&metric={metric}"

        def act() -> None:
            if len(self._page.get(path).body["halls"]) != len(self._world.halls):
                raise WrongAnswer("halls are missing")

        return act

    def _folds(self, ref: HallRef) -> Side:
        def act() -> None:
            with hall(ref):
                rollups.fold(clock.today())

        return Side(lambda: [act] * self._times, ("client", "db"))
