"""W2: calling the next number and the steps after it, through the HTTP stack."""

from uuid import UUID

from apps.windows import services
from apps.windows.rules import WindowKind
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import hall
from tests.benchmarks.browser import WrongAnswer
from tests.benchmarks.desk import WHERE
from tests.benchmarks.floors import Floors
from tests.benchmarks.measuring import Act, Side, Workload
from tests.benchmarks.world import World, person


class Windows:
    """As many open windows as a block has calls, so that each call finds a free one."""

    def __init__(self, world: World, floors: Floors, count: int) -> None:
        clerk = person(world.street, "clerk", Role.WINDOW_CLERK)
        self._world, self._floors, self._count = world, floors, count
        self._queue, self._windows = self._set_up(clerk)
        self._page = world.browser(world.street, "clerk")

    def _set_up(self, clerk: Actor) -> tuple[UUID, list[UUID]]:
        with hall(self._world.street):
            queue = services.add_queue(prefix="Z", name="办不成事", by=SYSTEM)
            made = [
                services.add_window(
                    number=str(number),
                    name="综合窗口",
                    kind=WindowKind.INTEGRATED,
                    queue_ids=[queue],
                    by=SYSTEM,
                )
                for number in range(1, self._count + 1)
            ]
            for window in made:
                services.open_window(window_id=window, by=clerk)
        return queue, made

    def workloads(self) -> list[Workload]:
        floor, name = self._floors.d1(self._count), "D1: case + event, raw psycopg"
        goal = ("≤ 1.3 ms, R ≤ 7.5", 1300.0, "≤ 0.7 ms")
        return [
            Workload("W2", "call the next number", Side(self._calls, WHERE), name, floor, *goal),
            Workload("W2", "start the service", Side(self._starts, WHERE), name, floor, *goal),
            Workload("W2", "finish the service", Side(self._ends, WHERE), name, floor, *goal),
        ]

    def _calls(self) -> list[Act]:
        """As many people take a number first as will be called."""
        with hall(self._world.street):
            for _ in self._windows:
                services.take(queue_id=self._queue, by=SYSTEM)
        return self._presses("call-next", "called")

    def _starts(self) -> list[Act]:
        return self._presses("start", "serving")

    def _ends(self) -> list[Act]:
        return self._presses("finish", "finished")

    def _presses(self, button: str, state: str) -> list[Act]:
        return [self._press(f"windows/{window}/{button}", state) for window in self._windows]

    def _press(self, path: str, state: str) -> Act:
        def act() -> None:
            if self._page.post(path, {}).body["state"] != state:
                raise WrongAnswer(f"not {state}")

        return act
