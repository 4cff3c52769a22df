"""How the queue says no."""

from bancheng.kernel.errors import Forbidden, Refusal


class StepNotAllowed(Refusal):
    """The ticket or window is in a state from which this step does not lead (`state`, `step`)."""

    code = "windows.step_not_allowed"


class StillServing(Refusal):
    """The window has a called person; finish or miss that one first (`number`)."""

    code = "windows.still_serving"


class NoTicket(Refusal):
    """Nobody was called to this window."""

    code = "windows.no_ticket"


class NotOpen(Refusal):
    """Only an open window calls (`state`)."""

    code = "windows.not_open"


class Taken(Refusal):
    """Another clerk works at this window (`clerk`)."""

    code = "windows.taken"


class NotYourWindow(Forbidden):
    """Only the clerk who opened the window acts there."""

    code = "windows.not_your_window"


class ImpossibleTime(Refusal):
    """The step would lie before the one it follows (`step`)."""

    code = "windows.impossible_time"


class AlreadyThere(Refusal):
    """The hall already has this prefix or window number."""

    code = "windows.already_there"
