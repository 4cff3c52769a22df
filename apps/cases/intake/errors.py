"""Why the intake, a merge or a notice stays undone."""

from bancheng.kernel.errors import Refusal


class AgentAlone(Refusal):
    """A representative does not change contact data alone: the person confirms it (§4.1)."""

    code = "cases.agent_alone"
    status = 422


class CannotMerge(Refusal):
    """The other case has ended, is the same one, or was itself merged; `why` says which."""

    code = "cases.cannot_merge"
    status = 422


class WorkUnderWay(Refusal):
    """Pieces of work under the case have to end before it can be merged."""

    code = "cases.work_under_way"


class UndoTooLate(Refusal):
    """The days in which the merge could be undone are over; `until` was the last."""

    code = "cases.undo_too_late"


class NotMerged(Refusal):
    """The case does not rest in another."""

    code = "cases.not_merged"


class NoSuchLink(Refusal):
    """The two cases are not linked in this way, or the link is made by its own rule."""

    code = "cases.no_such_link"


class AlreadyLinked(Refusal):
    """The two cases are linked in this way already."""

    code = "cases.already_linked"


class AskedBefore(Refusal):
    """The one-time notice (一次性告知) was given; a later demand says why it was not in it."""

    code = "cases.asked_before"
    status = 422


class CheckLimit(Refusal):
    """More questions about who came before than one person may ask in an hour."""

    code = "intake.check_limit"
    status = 429


class NoRoute(Refusal):
    """The matter's item names no department of this hall; choose one in a dispatch of its own."""

    code = "cases.no_route"
    status = 422
