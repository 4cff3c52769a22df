"""What a citizen without the right number and code is told."""

from bancheng.kernel.errors import Refusal, TooMany


class NotFound(Refusal):
    """Unknown number, wrong code, forged or old cookie: one answer for all of them."""

    code = "portal.not_found"
    status = 404


class TooOften(TooMany):
    """Too many tries for this number or from this address."""

    code = "portal.too_often"
