"""What a manager may set on a screen from afar; typed here, kept as JSON beside the device."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Layout(StrEnum):
    """How a number display fills its screen."""

    NUMBERS = "numbers"
    TABLE = "table"
    NOTICES = "notices"


class Paper(StrEnum):
    """The roll a kiosk prints on; `NONE` shows the number on the screen only."""

    MM80 = "80"
    MM58 = "58"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """`windows` are window numbers and `queues` prefix letters, empty for all of the hall: a screen
    over windows 1 to 6 announces these only. `voice` reads calls out (display) or the choices
    (kiosk)."""

    layout: Layout = Layout.NUMBERS
    windows: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    notice: str = ""
    voice: bool = True
    english: bool = False
    paper: Paper = Paper.MM80

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Settings":
        """Read what was kept; a field unknown to this release is left out."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        for name in ("windows", "queues"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"windows": list(self.windows), "queues": list(self.queues)}
