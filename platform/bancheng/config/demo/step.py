"""What every step of a script has: when, where and by whom."""

from dataclasses import dataclass
from typing import ClassVar

from bancheng.kernel.actor import Role

DAY_MINUTES = 420
"""08:30 to 12:00 and 14:00 to 17:30, in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What every step has: when, where and by which role."""

    do: ClassVar[str]
    usual: ClassVar[Role] = Role.DESK_OFFICER

    t: tuple[int, ...]
    by: Role | None = None
    hall: str | None = None

    @property
    def day(self) -> int:
        """Working days after registration."""
        return self.t[0]

    @property
    def minute(self) -> int:
        """Working minutes after opening."""
        return self.t[1]

    @property
    def role(self) -> Role:
        """The acting role: the one written down, otherwise the usual one for the step."""
        return self.by or self.usual
