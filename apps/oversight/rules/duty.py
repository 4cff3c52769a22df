"""Who is on duty at the desk (C-37)."""

from enum import StrEnum


class Part(StrEnum):
    """Which part of the day."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class DutyRole(StrEnum):
    """What somebody is on duty for; the leader is asked first to approve and to decide."""

    DESK = "desk"
    LEADER = "leader"
    BACKUP = "backup"


class DutyState(StrEnum):
    PLANNED = "planned"
    ABSENT = "absent"
