"""Why a letter stays as it is."""

from bancheng.kernel.errors import Refusal


class AlreadyDecided(Refusal):
    """The letter was accepted or returned before; that decision stands."""

    code = "exchange.already_decided"


class NotReceiver(Refusal):
    """Only the hall a letter was sent to decides about it."""

    code = "exchange.not_receiver"
    status = 403


class NotReachable(Refusal):
    """There is no such hall in this network, or it is this one."""

    code = "exchange.not_reachable"
    status = 422
