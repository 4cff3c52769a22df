"""What waits for a second person about a post: roles to be given, or a password to be reset."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bancheng.kernel.actor import Actor, Role

What = Literal["roles", "password"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Kept as JSON beside the post. `roles` are those to be added, empty for a password."""

    what: What
    roles: tuple[Role, ...]
    by_post: UUID | None
    by_name: str
    at: datetime

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
        )

    @classmethod
    def made(cls, what: What, roles: tuple[Role, ...], by: Actor, at: datetime) -> "Proposal":
        """By somebody, now."""
        return cls(what, roles, by.post_id, by.name, at)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        by_post = str(self.by_post) if self.by_post else None
        return asdict(self) | {
            "roles": [role.value for role in self.roles],
            "by_post": by_post,
            "at": self.at.isoformat(),
        }
