"""What a decision about a parameter can be refused for."""

from bancheng.kernel.errors import Refusal


class BadParameter(Refusal):
    """The value is not of the parameter's kind or out of its bounds; `key`."""

    code = "parameters.bad_value"
    status = 422


class AlreadyDecided(Refusal):
    """This place has a decision from that day on: withdraw it, or decide from a later day."""

    code = "parameters.already_decided"


class InForce(Refusal):
    """What holds already is not withdrawn: decide anew."""

    code = "parameters.in_force"


class NotTheCity(Refusal):
    """Only the city's own hall decides for the whole network."""

    code = "parameters.not_the_city"
    status = 422
