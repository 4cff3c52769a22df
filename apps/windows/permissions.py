"""Who may do what at the windows; a paired display may only read what is announced."""

from apps.staff import permissions as staff
from apps.staff.permissions import EVERYONE
from apps.windows.errors import NotYourWindow
from apps.windows.models import Window
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

TABLE = {
    "windows.read": EVERYONE,
    "windows.serve": frozenset(
        {Role.WINDOW_CLERK, Role.DESK_OFFICER, Role.SHIFT_LEAD, Role.HALL_ADMIN}
    ),
    "windows.manage": frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN}),
    "windows.set_up": frozenset({Role.HALL_ADMIN}),
    "tickets.take": frozenset(
        {
            Role.WINDOW_CLERK,
            Role.DESK_OFFICER,
            Role.GUIDANCE_OFFICER,
            Role.ASSISTANT,
            Role.SHIFT_LEAD,
            Role.HALL_ADMIN,
        }
    ),
    "board.read": frozenset(
        {
            Role.WINDOW_CLERK,
            Role.DESK_OFFICER,
            Role.SHIFT_LEAD,
            Role.HALL_ADMIN,
            Role.DISTRICT_ADMIN,
            Role.CITY_ADMIN,
            Role.SUPERVISOR,
        }
    ),
}
staff.grant(TABLE)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def require_clerk_of(by: Actor, window: Window) -> None:
    """Raise NotYourWindow unless the actor opened this window."""
    if by is not SYSTEM and (by.post_id is None or by.post_id != window.clerk_id):
        raise NotYourWindow(window=window.number)


def require_clerk_or_lead(by: Actor, window: Window) -> None:
    """The same, but the shift lead may close or pause any window."""
    if not staff.may(by, "windows.manage"):
        require_clerk_of(by, window)


def require_display(by: Actor) -> None:
    """A paired display, or anybody who may read the windows."""
    if by.kind == "device":
        return
    if by.kind != "person":
        raise Forbidden(permission="windows.read")
    staff.require(by, "windows.read")
