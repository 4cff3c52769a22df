"""What a letter and its events can be."""

from enum import StrEnum


class Direction(StrEnum):
    """Where a referral goes in the tree of halls (design.md §6)."""

    UP = "up"


class EventKind(StrEnum):
    """What happened to a letter, in the words of the hall that wrote it down.

    `ended` is the sender's: the citizen's own hall called back first and closed the matter.
    """

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    PROGRESS = "progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    ENDED = "ended"


DECISIONS = (EventKind.ACCEPTED, EventKind.RETURNED)


class LetterState(StrEnum):
    """Where a letter stands: the last of its events that is more than progress."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    ANSWERED = "answered"
    CLOSED = "closed"


OPEN = (LetterState.SENT, LetterState.ACCEPTED, LetterState.ANSWERED)
