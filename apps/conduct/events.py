"""Facts that another hall has to hear of."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bancheng.services.outbox.events import Event


@dataclass(frozen=True, slots=True)
class FileSentUp(Event):
    """A sealed letter lies ready for the hall `to_hall`."""

    topic: ClassVar[str] = "conduct.sent_up"

    letter_id: UUID
    to_hall: UUID
