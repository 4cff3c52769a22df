"""Supervision (督办) and orders to put right (整改, C-40)."""

from enum import StrEnum


class OrderKind(StrEnum):
    SUPERVISION = "supervision"
    RECTIFY = "rectify"


class OrderReason(StrEnum):
    """What makes somebody supervise (domain.md §2.5: 潍坊26, 济南28)."""

    REFUSES_TO_RECEIVE = "refuses_to_receive"
    OVERDUE = "overdue"
    SHOULD_BE_SOLVED = "should_be_solved"
    BAD_EFFECT = "bad_effect"
    REPEATED = "repeated"
    KNOWLEDGE_NOT_UPDATED = "knowledge_not_updated"
    QUALITY = "quality"
    OTHER = "other"


class OrderState(StrEnum):
    """Open until answered, answered until accepted or sent back."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
