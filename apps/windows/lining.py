"""Whom a queue calls next (domain.md §3.7). Plain rules: no database, no clock of their own."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol, TypeVar
from uuid import UUID

from apps.windows.rules import PRIORITY_EVERY


class Lane(IntEnum):
    """Where somebody stands in a queue at a moment."""

    ORDINARY = 0
    PRIORITY = 1
    DUE = 2
    """An appointment inside its slot: served first."""
    EARLY = 3
    """An appointment before its slot: called when nobody else waits."""


class Waiter(Protocol):
    """Somebody in line, as far as the order is concerned."""

    @property
    def id(self) -> UUID: ...
    @property
    def priority(self) -> bool: ...
    @property
    def place(self) -> int: ...
    @property
    def since(self) -> datetime: ...
    @property
    def slot_start(self) -> datetime | None: ...
    @property
    def slot_end(self) -> datetime | None: ...


W = TypeVar("W", bound=Waiter)


@dataclass(frozen=True, slots=True)
class Line:
    """The heads of a queue: is anybody waiting with priority, is anybody without, and how many
    calls in a row went to people without."""

    priority: bool
    ordinary: bool
    ordinary_in_a_row: int


def priority_is_next(line: Line, every: int = PRIORITY_EVERY) -> bool | None:
    """Whom the queue calls next: True priority, False ordinary, None when nobody waits.

    With one of three, a priority ticket waits for at most two ordinary calls, and an ordinary
    one, whatever comes, gets two of three: neither line can empty the other.
    """
    if not line.priority and not line.ordinary:
        return None
    if not line.priority or not line.ordinary:
        return line.priority
    return line.ordinary_in_a_row >= every - 1


def in_a_row_after(in_a_row: int, called_priority: bool, every: int = PRIORITY_EVERY) -> int:
    """The count of ordinary calls in a row after one more call; it stops at what matters."""
    return 0 if called_priority else min(in_a_row + 1, every - 1)


def lane_of(waiter: Waiter, at: datetime) -> Lane:
    """An appointment whose slot is over waits like everybody, from when it came."""
    if waiter.slot_start is not None and waiter.slot_end is not None and at < waiter.slot_end:
        return Lane.DUE if waiter.slot_start <= at else Lane.EARLY
    return Lane.PRIORITY if waiter.priority else Lane.ORDINARY


def place_of(waiter: Waiter) -> tuple[int, datetime, UUID]:
    """The order inside a lane: behind whose number, since when."""
    return (waiter.place, waiter.since, waiter.id)


def in_order(
    waiting: Iterable[W], in_a_row: int, at: datetime, every: int = PRIORITY_EVERY
) -> list[W]:
    """Everybody in the order in which they would be called, if nobody else came.

    The heads of the lanes give the head of the whole, so calling may ask with only those.
    """
    lanes: dict[Lane, list[W]] = {lane: [] for lane in Lane}
    for waiter in waiting:
        lanes[lane_of(waiter, at)].append(waiter)
    for lane, people in lanes.items():
        people.sort(key=place_of if lane < Lane.DUE else _slot_of)
    ordinary, priority = deque(lanes[Lane.ORDINARY]), deque(lanes[Lane.PRIORITY])
    order = lanes[Lane.DUE]
    while ordinary or priority:
        line = Line(bool(priority), bool(ordinary), in_a_row)
        chosen = bool(priority_is_next(line, every))
        order.append(priority.popleft() if chosen else ordinary.popleft())
        in_a_row = in_a_row_after(in_a_row, chosen, every)
    return order + lanes[Lane.EARLY]


def _slot_of(waiter: Waiter) -> tuple[datetime, datetime, UUID]:
    return (waiter.slot_start or waiter.since, waiter.since, waiter.id)


def place_after(order: Sequence[W], people: int, *, priority: bool, at: datetime, last: int) -> int:
    """The `place` of somebody who comes back and is to be called after so many people.

    `order` is the whole line in calling order, `last` the newest number taken. Behind the last of
    the own lane among those people; in front of the lane when none of it is among them. Who came
    back earlier to the same place stays in front, because `since` is earlier.
    """
    lane = Lane.PRIORITY if priority else Lane.ORDINARY
    mine = [waiter for waiter in order if lane_of(waiter, at) is lane]
    before = [waiter for waiter in order[:people] if lane_of(waiter, at) is lane]
    if before:
        return before[-1].place
    if len(order) <= people or not mine:
        return last
    return mine[0].place - 1


def calling_order(
    ordinary: int, priority: int, in_a_row: int, every: int = PRIORITY_EVERY
) -> list[bool]:
    """The order in which so many waiting people will be called; True is a priority call."""
    order: list[bool] = []
    while ordinary or priority:
        chosen = bool(priority_is_next(Line(priority > 0, ordinary > 0, in_a_row), every))
        order.append(chosen)
        ordinary, priority = ordinary - (not chosen), priority - chosen
        in_a_row = in_a_row_after(in_a_row, chosen, every)
    return order


def ahead(
    *,
    ordinary: int,
    priority: int,
    in_a_row: int,
    mine_is_priority: bool,
    every: int = PRIORITY_EVERY,
) -> int:
    """How many of the people waiting now will be called before a ticket taken now."""
    mine = (ordinary + (not mine_is_priority), priority + mine_is_priority)
    order = calling_order(*mine, in_a_row, every)
    return max(place for place, chosen in enumerate(order) if chosen == mine_is_priority)
