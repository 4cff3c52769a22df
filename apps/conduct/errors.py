"""Refusals of this app."""

from bancheng.kernel.errors import Refusal


class NotNow(Refusal):
    """The file's state knows no such step; `state`, `step`."""

    code = "conduct.not_now"


class NobodyLeft(Refusal):
    """Everybody who could handle the file is accused, of an accused unit or recused, and no hall
    stands above: name a handler who is not, then go on (C-13)."""

    code = "conduct.nobody_left"


class NotYours(Refusal):
    """The step needs somebody else: who asked does not approve, who decided does not review."""

    code = "conduct.not_yours"
    status = 403


class NothingKept(Refusal):
    """The field was not given; `field`."""

    code = "conduct.nothing_kept"


class RevealOver(Refusal):
    """An approved reveal is shown once and for a short time; ask again."""

    code = "conduct.reveal_over"


class PostNotFit(Refusal):
    """That post cannot handle the file: unknown, accused, of an accused unit, recused, or without
    a role that may."""

    code = "conduct.post_not_fit"
    status = 422


class NoHallAbove(Refusal):
    """There is no hall to send the file up to."""

    code = "conduct.no_hall_above"
