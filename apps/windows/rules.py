"""States and steps of tickets and windows, and who is called next (domain.md §3.7)."""

from dataclasses import dataclass
from enum import StrEnum

from apps.windows.errors import StepNotAllowed

PRIORITY_EVERY = 3
"""At most one of every three calls of a queue goes to a priority ticket while others wait."""


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    MISSED = "missed"


class TicketStep(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MISS = "miss"


class WindowState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    AWAY = "away"
    CLOSED = "closed"
    EXTENDED = "extended"


class WindowKind(StrEnum):
    """C-23: 综合, 专业, 综合辅导, “办不成事”."""

    INTEGRATED = "integrated"
    SPECIALIST = "specialist"
    GUIDANCE = "guidance"
    DESK = "desk"


class PriorityReason(StrEnum):
    """Why somebody goes first; proof is shown to staff and never stored."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    MILITARY = "military"
    PREGNANT = "pregnant"
    INFANT = "infant"
    ILL = "ill"
    APPOINTMENT = "appointment"


AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)
STAFFED = (WindowState.OPEN, WindowState.EXTENDED)

MOVES = {
    (TicketState.WAITING, TicketStep.CALL): TicketState.CALLED,
    (TicketState.CALLED, TicketStep.RECALL): TicketState.CALLED,
    (TicketState.CALLED, TicketStep.START): TicketState.SERVING,
    (TicketState.CALLED, TicketStep.MISS): TicketState.MISSED,
    (TicketState.SERVING, TicketStep.FINISH): TicketState.FINISHED,
}

WINDOW_MOVES = {
    WindowState.OPEN: (
        WindowState.CLOSED,
        WindowState.PAUSED,
        WindowState.AWAY,
        WindowState.EXTENDED,
    ),
    WindowState.EXTENDED: (
        WindowState.CLOSED,
        WindowState.PAUSED,
        WindowState.AWAY,
        WindowState.OPEN,
    ),
    WindowState.PAUSED: (WindowState.OPEN, WindowState.EXTENDED, WindowState.AWAY),
    WindowState.AWAY: (WindowState.OPEN, WindowState.EXTENDED, WindowState.PAUSED),
    WindowState.CLOSED: (
        WindowState.OPEN,
        WindowState.EXTENDED,
        WindowState.PAUSED,
        WindowState.AWAY,
    ),
}
"""From which states a window comes into a state."""


def after(state: TicketState, step: TicketStep) -> TicketState:
    """The state a step leads to; raises StepNotAllowed."""
    try:
        return MOVES[state, step]
    except KeyError:
        raise StepNotAllowed(state=state, step=step) from None


def require_window_move(state: WindowState, wanted: WindowState) -> None:
    """Raise StepNotAllowed unless a window may go from `state` to `wanted`."""
    if state not in WINDOW_MOVES[wanted]:
        raise StepNotAllowed(state=state, step=wanted)


@dataclass(frozen=True, slots=True)
class Line:
    """The heads of a queue: is anybody waiting with priority, is anybody without, and how many
    calls in a row went to people without."""

    priority: bool
    ordinary: bool
    ordinary_in_a_row: int


def priority_is_next(line: Line) -> bool | None:
    """Whom the queue calls next: True priority, False ordinary, None when nobody waits.

    A priority ticket waits for at most two ordinary calls, and an ordinary one, whatever comes,
    gets two of three: neither line can empty the other (domain.md §3.7, interleave 1 of 3).
    """
    if not line.priority and not line.ordinary:
        return None
    if not line.priority or not line.ordinary:
        return line.priority
    return line.ordinary_in_a_row >= PRIORITY_EVERY - 1


def in_a_row_after(in_a_row: int, called_priority: bool) -> int:
    """The count of ordinary calls in a row after one more call; it stops at what matters."""
    return 0 if called_priority else min(in_a_row + 1, PRIORITY_EVERY - 1)


def calling_order(ordinary: int, priority: int, in_a_row: int) -> list[bool]:
    """The order in which so many waiting people will be called; True is a priority call."""
    order: list[bool] = []
    while ordinary or priority:
        chosen = bool(priority_is_next(Line(priority > 0, ordinary > 0, in_a_row)))
        order.append(chosen)
        ordinary, priority = ordinary - (not chosen), priority - chosen
        in_a_row = in_a_row_after(in_a_row, chosen)
    return order


def ahead(*, ordinary: int, priority: int, in_a_row: int, mine_is_priority: bool) -> int:
    """How many of the people waiting now will be called before a ticket taken now."""
    mine = (ordinary + (not mine_is_priority), priority + mine_is_priority)
    order = calling_order(*mine, in_a_row)
    return max(place for place, chosen in enumerate(order) if chosen == mine_is_priority)
