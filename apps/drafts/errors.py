"""Why a text could not be kept as a draft. The page keeps it meanwhile."""

from bancheng.kernel.errors import Refusal


class DraftChanged(Refusal):
    """The same form was saved from somewhere else since, or was sent; `version` is the present
    one, 0 when there is none any more."""

    code = "drafts.changed_elsewhere"


class DraftTooLarge(Refusal):
    """More than `kilobytes`."""

    code = "drafts.too_large"
    status = 422


class TooManyDrafts(Refusal):
    """The post keeps `most` drafts already: send or discard some."""

    code = "drafts.too_many"
