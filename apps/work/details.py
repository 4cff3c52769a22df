"""What pieces of work and meetings leave in the history of their case."""

from dataclasses import dataclass
from uuid import UUID

from apps.cases.details import Detail


@dataclass(frozen=True, slots=True)
class Begun(Detail):
    """`items` were begun together, one for each of `asked`."""

    items: tuple[UUID, ...]
    title: str
    asked: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Moved(Detail):
    """A step of one piece of work."""

    item: UUID
    seq: int
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class MeetingMoved(Detail):
    """What happened to a meeting that has this case on its agenda."""

    meeting: UUID
    number: str
    state: str
    unit: str = ""
