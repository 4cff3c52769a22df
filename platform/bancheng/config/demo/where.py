"""Where a step of a script is taken."""

from dataclasses import dataclass
from uuid import UUID

from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Where:
    """The case a step is taken on, the version it is taken at, and by whom."""

    case_id: UUID
    version: int
    by: Actor
