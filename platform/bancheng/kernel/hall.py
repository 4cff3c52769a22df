"""The hall of the moment: one ContextVar, entered by `with hall(...)` and by nothing else.

Requests, sockets, tasks and commands all read it; the database backend turns it into a
PostgreSQL role and search path (security.md §3). Outside of any hall there is nobody's data.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bancheng.kernel.errors import NoHall


class Level(StrEnum):
    """Where a hall stands in its network (domain.md C-20)."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class HallRef:
    """Everything the rest of the code may know of a hall without asking the database."""

    id: UUID
    schema_name: str
    slug: str
    name: str
    desk_name: str
    level: Level
    network_id: UUID
    network_name: str
    parent_id: UUID | None
    host: str
    address: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def role(self) -> str:
        """The PostgreSQL role under which this hall's statements run."""
        return f"hall_{self.schema_name}"


current: ContextVar[HallRef | None] = ContextVar("hall", default=None)


@contextmanager
def hall(ref: HallRef | None) -> Iterator[HallRef | None]:
    """Work inside one hall; None is nobody, never "the last one". Sync, async and tasks alike."""
    token = current.set(ref)
    try:
        yield ref
    finally:
        current.reset(token)


def here() -> HallRef:
    """The current hall; raises NoHall when no hall was entered."""
    ref = current.get()
    if ref is None:
        raise NoHall
    return ref
