"""What a kind of work is: its file, its states and steps, its people, its clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from apps.cases.details import Detail
from apps.cases.rules import Stage
from apps.work.files import Nothing
from bancheng.kernel.actor import Role

DESK = frozenset({Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.HALL_ADMIN})
COUNTER = DESK | {Role.WINDOW_CLERK}
UNIT = frozenset({Role.DEPT_HANDLER, Role.DEPT_LEAD})
HELPERS = frozenset({Role.ASSISTANT})
MANAGEMENT = frozenset(
    {Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.DISTRICT_ADMIN, Role.CITY_ADMIN, Role.SUPERVISOR}
)


class Party(StrEnum):
    """Who somebody is to a piece of work. `lead` is the unit that leads its case."""

    DESK = "desk"
    ASKED = "asked"
    OPENER = "opener"
    LEAD = "lead"
    MANAGEMENT = "management"


OWN = frozenset({Party.OPENER, Party.DESK})
ALL = OWN | {Party.ASKED, Party.LEAD}
SYSTEM_ONLY: frozenset[Party] = frozenset()
Clock = Literal["keep", "start", "stop", "drop"]
Check = Callable[[Any, Any], None]
Change = Callable[[Any, Any], Any]
Lands = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Step:
    """What moves a piece of work. `moves` leads from each state it is possible in to the next.

    What it says (`given`) goes to the file's field `put`, behind what is there where that holds
    several. `check(file, given)` may refuse, `change(file, given)` does more than putting,
    `lands(file)` decides the state after it. `clock`: what becomes of the running clock.
    """

    code: str
    moves: Mapping[str, str]
    who: frozenset[Party]
    given: type[Detail] = Nothing
    put: str = ""
    clock: Clock = "keep"
    check: Check | None = None
    change: Change | None = None
    lands: Lands | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work.

    `asks` is what is put down when it is begun, `file` everything known of it: it holds `asked` and
    a field for what each step said. `ends` are the states in which nothing is waited for.
    `on_close` says what an open one does when its case ends: it stops that, or it goes with it.
    `known` puts in what is known of the case's service item, whatever was typed.
    """

    code: str
    asks: type[Detail]
    file: type[Detail]
    begins: str
    ends: frozenset[str]
    steps: tuple[Step, ...]
    opens: frozenset[Role]
    title: Callable[[Any], str]
    stage: Stage | None = None
    clock_from_start: bool = True
    on_close: Literal["blocks", "dropped"] = "dropped"
    known: Callable[[Any, str], Any] | None = None
    numbered: bool = False
    check: Callable[[Any], None] | None = None
    by_hand: bool = True

    def step(self, code: str) -> Step | None:
        """The step of that code, if the kind has one."""
        return next((step for step in self.steps if step.code == code), None)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Every step that the state knows."""
        return tuple(step for step in self.steps if state in step.moves)
