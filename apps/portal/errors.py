"""What a citizen without the right number and code is told."""

from bancheng.kernel.errors import Refusal


class NotFound(Refusal):
    """Unknown number, wrong code, forged or old cookie: one answer for all of them."""

    code = "portal.not_found"
    status = 404


class TooOften(Refusal):
    """Too many tries for this number or from this address; `wait` says for how long."""

    code = "portal.too_often"
    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__(wait=wait)
        self.wait = wait
