"""What other apps have to say about the end of a case; they register here, cases imports none."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from apps.cases.details import Detail
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Blocker(Detail):
    """Something that has to end before its case may (domain.md §2.7): its kind and its words."""

    kind: str
    id: UUID | None
    title: str


Asked = Callable[[UUID], list[Blocker]]
Ending = Callable[[UUID, Actor], int]
_asked: list[Asked] = []
_ending: list[Ending] = []


def blocks_closing(ask: Asked) -> Asked:
    """Register who is asked what still stands in the way of a case's end."""
    _asked.append(ask)
    return ask


def ends_with_its_case(end: Ending) -> Ending:
    """Register what ends together with a case, in the closing's own transaction; it says of how
    many things that was the end."""
    _ending.append(end)
    return end


def blockers(case_id: UUID) -> list[Blocker]:
    """All that still stands in the way of a case's end."""
    return [blocker for ask in _asked for blocker in ask(case_id)]


def end_with(case_id: UUID, by: Actor) -> int:
    """The case, which the caller has locked, ends now; how many things end with it."""
    return sum(end(case_id, by) for end in _ending)
