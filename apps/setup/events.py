"""Facts that the set-up tells itself, so that long work goes on after a kill."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bancheng.services.outbox.events import Event


@dataclass(frozen=True, slots=True)
class ImportWaits(Event):
    """A sheet waits for its look or for its next rows."""

    topic: ClassVar[str] = "setup.import_waits"

    import_id: UUID
