"""What a network or a hall may decide differently about sealed files."""

from datetime import timedelta

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare

declare(
    [
        Parameter("conduct.reveal_minutes", "number", 30, "security.md §4.2", low=1, high=240),
        Parameter("conduct.clue_cases", "number", 3, "domain.md C-71", low=2, high=50),
        Parameter("conduct.clue_days", "number", 90, "domain.md C-71", low=7, high=730),
        Parameter("conduct.smallest_cell", "number", 5, "security.md 3", low=2, high=50),
    ]
)


def reveal_for() -> timedelta:
    """How long an approved reveal waits to be looked at."""
    return timedelta(minutes=parameters.number("conduct.reveal_minutes"))


def clue_cases() -> int:
    """From how many cases of one agent at one place a pattern is shown."""
    return parameters.number("conduct.clue_cases")


def clue_span() -> timedelta:
    """Over how many days such cases are counted."""
    return timedelta(days=parameters.number("conduct.clue_days"))


def smallest_cell() -> int:
    """Counts below it are not told."""
    return parameters.number("conduct.smallest_cell")
