"""Why setting up can be refused."""

from bancheng.kernel.errors import Refusal


class ChangedSince(Refusal):
    """The file, or what it was compared with, is not what was looked at: look again."""

    code = "setup.changed_since"


class RowsWrong(Refusal):
    """`errors` rows of the sheet cannot be taken: nothing is, until all can."""

    code = "setup.rows_wrong"
    status = 422


class UnknownFormat(Refusal):
    """Not a configuration, or a part of it cannot be read: `part` and `entry` where known."""

    code = "setup.unknown_format"
    status = 422


class NotOffered(Refusal):
    """The hall above keeps its configuration to itself: `hall`. Ask it for a file."""

    code = "setup.not_offered"


class NewerFormat(Refusal):
    """Written by a newer release: `format` against the `known` one."""

    code = "setup.newer_format"
    status = 422
