"""Why a clock neither stands still nor gets more time."""

from bancheng.kernel.errors import Refusal


class AlreadyPaused(Refusal):
    """The clock stands still since `since`; it runs on first."""

    code = "cases.already_paused"


class NotPaused(Refusal):
    """The clock runs: there is nothing to resume."""

    code = "cases.not_paused"


class PauseLimit(Refusal):
    """The working days that pauses may take together are used up (domain.md §3.8 item 7)."""

    code = "cases.pause_limit"


class ClockPaused(Refusal):
    """A promise that stands still has no date to extend; it runs on first."""

    code = "cases.clock_paused"


class ExtensionLate(Refusal):
    """An extension is asked for before the promise is over (domain.md §2.5); `due_at` was it."""

    code = "cases.extension_late"


class ExtensionUsed(Refusal):
    """The promise was extended, or its extension refused, as often as the policy allows."""

    code = "cases.extension_used"


class ExtensionPending(Refusal):
    """An extension was asked for and waits for its decision."""

    code = "cases.extension_pending"


class NoExtensionAsked(Refusal):
    """Nobody asked for an extension that could be decided."""

    code = "cases.no_extension_asked"


class OwnExtension(Refusal):
    """Who asked for an extension does not decide about it."""

    code = "cases.own_extension"
    status = 403
