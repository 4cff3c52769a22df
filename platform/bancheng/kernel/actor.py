"""Who acts. Services take an Actor as `by`; a background job passes SYSTEM, never None."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID


class Role(StrEnum):
    """Posts a person can hold in a hall (domain.md §4.1)."""

    DESK_OFFICER = "desk_officer"
    WINDOW_CLERK = "window_clerk"
    GUIDANCE_OFFICER = "guidance_officer"
    GREETER = "greeter"
    ASSISTANT = "assistant"
    DEPT_HANDLER = "dept_handler"
    DEPT_LEAD = "dept_lead"
    SHIFT_LEAD = "shift_lead"
    HALL_ADMIN = "hall_admin"
    DISTRICT_ADMIN = "district_admin"
    CITY_ADMIN = "city_admin"
    SUPERVISOR = "supervisor"
    DISCIPLINE_OBSERVER = "discipline_observer"
    ANALYST = "analyst"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a post, a paired device, a citizen with a code, or the system itself.

    `scopes` narrows an API token to the named permissions; None means unrestricted.
    """

    kind: Literal["person", "system", "citizen", "device"]
    name: str
    account_id: UUID | None = None
    post_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    department_id: UUID | None = None
    hall_id: UUID | None = None
    scopes: frozenset[str] | None = None

    def has_role(self, *roles: Role) -> bool:
        """True when the actor holds any of the roles; the system holds none and is asked apart."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(kind="system", name="system")
