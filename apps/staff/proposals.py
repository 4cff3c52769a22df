"""What waits for a second person about a post: roles to be given, a password to be reset, or the
last one who watches to be let go."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bancheng.kernel.actor import Role

_MOST_VOUCHED = 10
What = Literal["roles", "password", "release"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Kept as JSON beside the post. `roles` are those to be added, or let go; empty for a password.
    `above` is the question to the hall above where nobody here may be the second person."""

    what: What
    roles: tuple[Role, ...]
    by_post: UUID | None
    by_name: str
    at: datetime
    above: UUID | None = None

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "Proposal | None":
        """Read what was kept."""
        if kept is None:
            return None
        return cls(
            kept["what"],
            tuple(Role(role) for role in kept["roles"]),
            UUID(kept["by_post"]) if kept["by_post"] else None,
            kept["by_name"],
            datetime.fromisoformat(kept["at"]),
            UUID(kept["above"]) if kept.get("above") else None,
        )

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {
            "roles": [role.value for role in self.roles],
            "by_post": str(self.by_post) if self.by_post else None,
            "at": self.at.isoformat(),
            "above": str(self.above) if self.above else None,
        }


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who gave a post a role that takes two: who proposed, who confirmed, and when."""

    by: tuple[UUID, ...]
    at: datetime

    @classmethod
    def all_of(cls, kept: list[dict[str, Any]]) -> "list[Vouched]":
        """Read what was kept."""
        return [cls(tuple(map(UUID, one["by"])), datetime.fromisoformat(one["at"])) for one in kept]

    def added_to(self, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As JSON behind the others, of which the oldest are let go."""
        one = {"by": [str(post) for post in self.by], "at": self.at.isoformat()}
        return [*kept, one][-_MOST_VOUCHED:]
