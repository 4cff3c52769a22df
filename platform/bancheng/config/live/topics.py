"""Who may hear which topic of a hall; a topic that is not here is refused (frontend.md §5.5)."""

from collections.abc import Collection
from uuid import UUID

import apps.notices.permissions
import apps.overview.permissions
import apps.policies.permissions
import apps.windows.permissions  # noqa: F401  all grant what is asked for below
from apps.cases import permissions as cases
from apps.staff import permissions as staff
from apps.work import permissions as work
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import Level, here

# The hints of a topic say no more than the pages that ask for this permission do.
_PERMISSIONS = {
    "display": "windows.read",
    "queue": "windows.read",
    "board": "board.read",
    "alarm": "alarms.accept",
    "referrals": "referrals.read",
    "city": "city.read",
    "devices": "devices.manage",
    "staff": "staff.confirm",
    "policies": "policies.read",
    "reception": "guidance.read",
}
_OF_WORK = {
    "meeting": ("meetings.read", work.meeting_ids_seen),
    "work": ("work.read", work.ids_seen),
}
"""Nothing is published there: who is at it is told from page to page (`presence`)."""
_OF_DEVICES = frozenset({"display", "queue"})


def may_hear(by: Actor, topic: str) -> bool:
    """True when the actor may hear the topic in the current hall."""
    if by.kind == "device":
        return topic in _OF_DEVICES
    kind, _, ident = topic.partition(":")
    if ident:
        return _may_hear_one(by, kind, ident)
    if topic == "desk":
        return _sees_all_cases(by)
    if topic == "city" and here().level is not Level.CITY:
        return False
    return topic in _PERMISSIONS and staff.may(by, _PERMISSIONS[topic])


def first_refused(by: Actor, topics: Collection[str]) -> str | None:
    """The first topic the actor may not hear, or None."""
    return next((topic for topic in topics if not may_hear(by, topic)), None)


def _may_hear_one(by: Actor, kind: str, ident: str) -> bool:
    try:
        wanted = UUID(ident)
    except ValueError:
        return False
    if ident != str(wanted):
        return False
    if kind == "dept":
        return _sees_all_cases(by) or (staff.may(by, "cases.read") and by.department_id == wanted)
    if kind == "post":
        return by.kind == "person" and by.post_id == wanted and staff.may(by, "notices.read")
    if kind == "conduct":
        return by.post_id == wanted and staff.may(by, "conduct.read")
    if kind in _OF_WORK:
        permission, ids_seen = _OF_WORK[kind]
        return staff.may(by, permission) and ids_seen(by).filter(id=wanted).exists()
    return kind == "case" and cases.sees_case(by, wanted)


def _sees_all_cases(by: Actor) -> bool:
    """Department people see only what was dispatched to their unit (contract §5)."""
    return staff.may(by, "cases.read") and by.has_role(*cases.SEE_THE_HALL)
