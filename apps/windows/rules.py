"""States and steps of tickets and windows, and who is called next (domain.md §3.7)."""

from enum import StrEnum

from apps.windows.errors import StepNotAllowed

PRIORITY_EVERY = 3
"""Unless the hall decides otherwise, one of three calls of a queue goes to a priority ticket while
others wait (parameter windows.priority_every)."""


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    FINISHED = "finished"
    MISSED = "missed"
    LEFT = "left"


class Channel(StrEnum):
    """How a number was taken."""

    STAFF = "staff"
    KIOSK = "kiosk"
    QR = "qr"
    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"


class TicketStep(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    UNDO = "undo"
    RETURN = "return"
    TRANSFER = "transfer"
    PARK = "park"
    RESUME = "resume"
    LEAVE = "leave"


class WindowState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    AWAY = "away"
    TRAINING = "training"
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


class AppointmentState(StrEnum):
    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class GuidanceKind(StrEnum):
    GUIDANCE = "guidance"
    GREETING = "greeting"
    FEEDBACK = "feedback"
    TENSION = "tension"


class Room(StrEnum):
    """Where somebody calms down, and where two sides talk (C-88)."""

    QUIET = "quiet"
    MEDIATION = "mediation"


class RoomState(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"


class SignalKind(StrEnum):
    SUGGESTION = "suggestion"
    ALARM = "alarm"
    WARNING = "warning"


class SignalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


HOLDS_A_SLOT = (AppointmentState.BOOKED, AppointmentState.CHECKED_IN)
OPEN_SIGNALS = (SignalState.OPEN,)
UNCALLED = (TicketState.WAITING, TicketState.LEFT)
AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)
STAFFED = (WindowState.OPEN, WindowState.EXTENDED)

MOVES = {
    (TicketState.WAITING, TicketStep.CALL): TicketState.CALLED,
    (TicketState.CALLED, TicketStep.RECALL): TicketState.CALLED,
    (TicketState.CALLED, TicketStep.START): TicketState.SERVING,
    (TicketState.CALLED, TicketStep.MISS): TicketState.MISSED,
    (TicketState.SERVING, TicketStep.FINISH): TicketState.FINISHED,
    (TicketState.CALLED, TicketStep.UNDO): TicketState.WAITING,
    (TicketState.MISSED, TicketStep.RETURN): TicketState.WAITING,
    (TicketState.WAITING, TicketStep.TRANSFER): TicketState.WAITING,
    (TicketState.CALLED, TicketStep.TRANSFER): TicketState.WAITING,
    (TicketState.SERVING, TicketStep.TRANSFER): TicketState.WAITING,
    (TicketState.SERVING, TicketStep.PARK): TicketState.PARKED,
    (TicketState.PARKED, TicketStep.RESUME): TicketState.SERVING,
    (TicketState.WAITING, TicketStep.LEAVE): TicketState.LEFT,
    (TicketState.PARKED, TicketStep.LEAVE): TicketState.LEFT,
}

RESTING = (WindowState.PAUSED, WindowState.AWAY, WindowState.TRAINING)
WINDOW_MOVES = {
    WindowState.OPEN: (WindowState.CLOSED, WindowState.EXTENDED, *RESTING),
    WindowState.EXTENDED: (WindowState.CLOSED, WindowState.OPEN, *RESTING),
    WindowState.PAUSED: (*STAFFED, WindowState.AWAY, WindowState.TRAINING),
    WindowState.AWAY: (*STAFFED, WindowState.PAUSED, WindowState.TRAINING),
    WindowState.TRAINING: (*STAFFED, WindowState.PAUSED, WindowState.AWAY),
    WindowState.CLOSED: (*STAFFED, *RESTING),
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
