"""Who may do what at the windows; a paired display may only read what is announced."""

from apps.staff import permissions as staff
from apps.staff.permissions import EVERYONE
from apps.windows.errors import NotYourWindow
from apps.windows.models import Window
from apps.windows.rules import Channel
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.errors import Forbidden

MANAGE = frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN})
AT_THE_COUNTER = MANAGE | {Role.WINDOW_CLERK, Role.DESK_OFFICER}
ABOVE = frozenset({Role.DISTRICT_ADMIN, Role.CITY_ADMIN, Role.SUPERVISOR})
TABLE = {
    "windows.read": EVERYONE,
    "windows.serve": AT_THE_COUNTER,
    "windows.manage": MANAGE,
    "windows.set_up": frozenset({Role.HALL_ADMIN}),
    "tickets.take": frozenset(
        {
            Role.WINDOW_CLERK,
            Role.DESK_OFFICER,
            Role.GUIDANCE_OFFICER,
            Role.GREETER,
            Role.ASSISTANT,
            Role.SHIFT_LEAD,
            Role.HALL_ADMIN,
        }
    ),
    "appointments.manage": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER},
    "guidance.record": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER, Role.GREETER},
    "guidance.read": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER},
    "guidance.compare": MANAGE | ABOVE | {Role.ANALYST},
    "skills.read": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER},
    "skills.keep": frozenset({Role.HALL_ADMIN}),
    "rooms.book": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER},
    "alarms.press": AT_THE_COUNTER | {Role.GUIDANCE_OFFICER, Role.GREETER},
    "alarms.accept": AT_THE_COUNTER,
    "board.read": AT_THE_COUNTER | ABOVE,
}
staff.grant(TABLE)


def require(by: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor's roles and scope allow."""
    staff.require(by, permission)


def may(by: Actor, permission: str) -> bool:
    """True when the actor's roles and scope allow."""
    return staff.may(by, permission)


def require_taker(by: Actor, channel: Channel) -> None:
    """Staff give numbers out at any channel; a kiosk only at its own, a citizen's phone too."""
    mine = {"device": Channel.KIOSK, "citizen": Channel.QR}
    if by.kind in mine:
        if mine[by.kind] is channel and (by.kind == "citizen" or is_kiosk(by)):
            return
        raise Forbidden(permission="tickets.take")
    staff.require(by, "tickets.take")


def is_kiosk(by: Actor) -> bool:
    """A paired kiosk, which may give out numbers; a number display may not."""
    return by.kind == "device" and by.scopes is not None and "kiosk" in by.scopes


def require_kiosk(by: Actor) -> None:
    """A kiosk, or staff who may give out numbers."""
    if not is_kiosk(by):
        staff.require(by, "tickets.take")


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
