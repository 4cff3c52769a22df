"""What an event is: a frozen dataclass with a topic and JSON-able fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

Handler = Callable[[Mapping[str, Any], UUID], object]
handlers: dict[str, list[Handler]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Past tense, e.g. CaseReferred. UUIDs, dates and texts only."""

    topic: ClassVar[str]


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register a handler; it gets the payload and the message id, and may run twice."""

    def register(run: Handler) -> Handler:
        handlers.setdefault(topic, []).append(run)
        return run

    return register
