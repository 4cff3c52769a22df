"""Why a file is not taken in, or not given out."""

from bancheng.kernel.errors import Refusal


class KindRefused(Refusal):
    """No kind of file that is taken here; `kinds` are those that are."""

    code = "attachments.kind_refused"
    status = 415


class TooLarge(Refusal):
    """More bytes than its kind may have; `most_mb` is how many may come."""

    code = "attachments.too_large"
    status = 413


class ContentDiffers(Refusal):
    """Its bytes are not what its name says."""

    code = "attachments.content_differs"
    status = 422


class ActiveContent(Refusal):
    """It holds what could act on the reader's machine; `found` says what."""

    code = "attachments.active_content"
    status = 422


class Damaged(Refusal):
    """It cannot be read as what it says it is, or it is locked with a password."""

    code = "attachments.damaged"
    status = 422


class Bomb(Refusal):
    """Small as it came, far too large once opened."""

    code = "attachments.bomb"
    status = 422


class Full(Refusal):
    """As many files, or as many bytes, lie under this subject as may; `most` says how many."""

    code = "attachments.full"


class BrokenOff(Refusal):
    """Fewer bytes came than were announced: the line broke. Nothing was kept."""

    code = "attachments.broken_off"
    status = 400


class NotAvailable(Refusal):
    """It waits for the scanner, was found infected, could not be examined, or was withdrawn."""

    code = "attachments.not_available"


class TooLate(Refusal):
    """Who added it may take it back for some hours; after that a manager does."""

    code = "attachments.too_late"
