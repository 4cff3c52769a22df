"""Facts that another hall has to hear of."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bancheng.services.outbox.events import Event


@dataclass(frozen=True, slots=True)
class CaseReferred(Event):
    """A letter was put into the box of the hall `to_hall`."""

    topic: ClassVar[str] = "cases.referred"

    letter_id: UUID
    to_hall: UUID


@dataclass(frozen=True, slots=True)
class LetterAnswered(Event):
    """A line was written under a letter; its sender `to_hall` has to apply it."""

    topic: ClassVar[str] = "cases.letter_answered"

    letter_id: UUID
    to_hall: UUID


@dataclass(frozen=True, slots=True)
class FilesSettled(Event):
    """What became of files that the hall `to_hall` has sent along with a letter, by its own ids:
    `arrived`, `refused` or `gone`."""

    topic: ClassVar[str] = "cases.files_settled"

    letter_id: UUID
    to_hall: UUID
    files: dict[str, str]
