"""Is a hall ready to open (C-79)? A list of checks, each with its evidence and its page.

An app declares its own with `@check(...)`; a check reads, never writes, and runs as anybody who
may set the hall up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from apps.setup import permissions
from bancheng.kernel.actor import Actor

State = Literal["ok", "warn", "missing"]
STATES: tuple[State, ...] = ("ok", "warn", "missing")
STEPS = ("hall", "people", "windows", "time", "items", "rules", "screens", "papers")
"""The order in which a hall is set up."""


@dataclass(frozen=True, slots=True)
class Found:
    """`missing` keeps a hall from opening, `warn` may wait. `params` word the evidence."""

    state: State
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    step: str
    page: str
    look: Callable[[], Found]


@dataclass(frozen=True, slots=True)
class Looked:
    check: Check
    found: Found


_checks: dict[str, Check] = {}


def check(code: str, *, step: str, page: str) -> Callable[[Callable[[], Found]], None]:
    """Declare a check: what it is called, where it belongs, the page that puts it right."""
    if step not in STEPS:
        raise ValueError(f"{code}: unknown step {step}")

    def declare(look: Callable[[], Found]) -> None:
        if code in _checks and _checks[code].look is not look:
            raise ValueError(f"{code} is declared twice")
        _checks[code] = Check(code, step, page, look)

    return declare


def checks() -> list[Check]:
    """All declared checks in the order of setting up."""
    return sorted(_checks.values(), key=lambda one: STEPS.index(one.step))


def of_hall(by: Actor) -> list[Looked]:
    """Every check of the current hall. Raises Forbidden."""
    permissions.require(by, "setup.read")
    return [Looked(one, one.look()) for one in checks()]


def ready(looked: list[Looked]) -> bool:
    """Nothing is missing."""
    return all(one.found.state != "missing" for one in looked)


def enough(state: bool, params: Mapping[str, object], otherwise: State = "missing") -> Found:
    """`ok` when it is so, else what it is then."""
    return Found("ok" if state else otherwise, params)
