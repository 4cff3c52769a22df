"""Facts that another hall has to hear of."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bancheng.services.outbox.events import Event


@dataclass(frozen=True, slots=True)
class AskedAbove(Event):
    """A question about a post lies before the hall `to_hall`."""

    topic: ClassVar[str] = "staff.asked_above"

    question_id: UUID
    to_hall: UUID
    from_name: str


@dataclass(frozen=True, slots=True)
class AnsweredAbove(Event):
    """The hall above has answered; `password` is the hash of one it made and told, or empty."""

    topic: ClassVar[str] = "staff.answered_above"

    question_id: UUID
    to_hall: UUID
    from_hall: UUID
    post_id: UUID
    decision: str
    by_name: str
    password: str
