"""Cards: their levels, their states, who hears of which."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How far a clock has gone; a reminder has no colour."""

    REMINDER = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3
    BLACK = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class CardState(StrEnum):
    """A card stays lit unless it is taken back; a warning ends with its clock."""

    LIT = "lit"
    APPEALED = "appealed"
    LIFTED = "lifted"
    UPHELD = "upheld"
    ENDED = "ended"


class Audience(StrEnum):
    """Who hears of a level (domain.md §2.5, escalation ladder)."""

    OWNER = "owner"
    UNIT_LEAD = "unit_lead"
    SHIFT_LEAD = "shift_lead"
    SUPERVISOR = "supervisor"
    HALL_ADMIN = "hall_admin"


AUDIENCES = {
    Level.REMINDER: (Audience.OWNER,),
    Level.YELLOW: (Audience.OWNER,),
    Level.ORANGE: (Audience.OWNER, Audience.UNIT_LEAD),
    Level.RED: (Audience.OWNER, Audience.UNIT_LEAD, Audience.SHIFT_LEAD),
    Level.BLACK: (
        Audience.OWNER,
        Audience.UNIT_LEAD,
        Audience.SHIFT_LEAD,
        Audience.SUPERVISOR,
        Audience.HALL_ADMIN,
    ),
}


class StallKind(StrEnum):
    """A case that nothing happens to (C-43, C-90); an urgent one without a result (C-30)."""

    IDLE = "idle"
    ON_SPOT = "on_spot"
