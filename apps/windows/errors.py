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


class QueueInactive(Refusal):
    """The hall does not run this kind of business at present (`queue`)."""

    code = "windows.queue_inactive"


class ClosedNow(Refusal):
    """Outside the hours of this queue; `opens_at` says when it opens, null if not soon."""

    code = "windows.closed_now"


class ContingentUsed(Refusal):
    """The day's numbers of this queue are given out; `appointments` are slots still free."""

    code = "windows.contingent_used"


class TooManyTickets(Refusal):
    """This person already holds as many numbers today as one may (`most`)."""

    code = "windows.too_many_tickets"


class OneEach(Refusal):
    """This person already waits in this queue (`number`)."""

    code = "windows.one_each"


class ReturnTooLate(Refusal):
    """A missed number comes back within so many `minutes`, not later: take a new one."""

    code = "windows.return_too_late"


class ReturnedAlready(Refusal):
    """A missed number comes back once: take a new one."""

    code = "windows.returned_already"


class TooLateToUndo(Refusal):
    """A call is taken back within so many `seconds` and before the person was served."""

    code = "windows.too_late_to_undo"


class SlotUnknown(Refusal):
    """The queue has no such slot on offer: another day, or closed at that time."""

    code = "windows.slot_unknown"


class SlotFull(Refusal):
    """Every place of the slot is taken."""

    code = "windows.slot_full"


class OneADay(Refusal):
    """One appointment per person and day (domain.md §3.7)."""

    code = "windows.one_a_day"


class TooManyNoShows(Refusal):
    """Who stayed away several times books again at the hall (`until`)."""

    code = "windows.too_many_no_shows"


class CancelTooLate(Refusal):
    """An appointment is cancelled at least so many `hours` before."""

    code = "windows.cancel_too_late"


class AppointmentOver(Refusal):
    """The appointment was used, cancelled or missed (`state`)."""

    code = "windows.appointment_over"


class CheckInEarly(Refusal):
    """Too early to check in; possible `from`."""

    code = "windows.check_in_early"


class CheckInLate(Refusal):
    """The slot is over: take an ordinary number."""

    code = "windows.check_in_late"


class SignalAnswered(Refusal):
    """Somebody has answered this already (`by`)."""

    code = "windows.signal_answered"


class RoomTaken(Refusal):
    """The room or one of the two officers is booked for that time (`what`: room, officer)."""

    code = "windows.room_taken"


class PrefixInUse(Refusal):
    """Numbers were given out under this letter; a queue keeps it."""

    code = "windows.prefix_in_use"
