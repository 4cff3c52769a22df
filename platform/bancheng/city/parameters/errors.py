"""What a decision about a parameter can be refused for."""

from bancheng.kernel.errors import Refusal


class BadParameter(Refusal):
    """The value is not of the parameter's kind or out of its bounds; `key`."""

    code = "parameters.bad_value"
    status = 422
