"""That somebody has something new to read."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bancheng.services.outbox.events import Event


@dataclass(frozen=True, slots=True)
class Told(Event):
    """The lists of these posts grew."""

    topic: ClassVar[str] = "notices.told"

    posts: tuple[UUID, ...]
