"""Why a sheet cannot be handed in or go on."""

from bancheng.kernel.errors import Refusal


class ImportRunning(Refusal):
    """Another sheet of this `kind` is being looked at or taken over in this hall: wait for it."""

    code = "imports.running"


class NotLooked(Refusal):
    """It is not in the state from which it can be confirmed; `state`."""

    code = "imports.not_looked"


class HandedOver(Refusal):
    """The one-time passwords were told already, or to somebody else, or are gone."""

    code = "imports.handed_over"
    status = 410
