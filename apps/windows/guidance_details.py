"""What only one kind of guidance has, typed here and kept as JSON beside it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """How a pre-check ended (C-77)."""

    READY = "ready"
    INCOMPLETE = "incomplete"
    NOT_HERE = "not_here"
    TO_DESK = "to_desk"


class Direction(StrEnum):
    """Where a greeter sent somebody (C-85)."""

    QUEUE = "queue"
    GUIDANCE = "guidance"
    DESK = "desk"
    ELSEWHERE = "elsewhere"


class Category(StrEnum):
    """What feedback is about (C-86)."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a pre-check list."""

    text: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """Fields of a kind other than this row's stay empty."""

    checklist: tuple[Check, ...] = ()
    direction: str = ""
    category: str = ""
    note: str = ""
    room: str = ""
    second_officer: str = ""

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Detail":
        """Read what was kept."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        checks = tuple(Check(**line) for line in known.pop("checklist", ()))
        return cls(checklist=checks, **known)

    def as_json(self) -> dict[str, Any]:
        """Without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}
