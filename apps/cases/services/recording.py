"""The way other apps write into a case: its history and its clocks, never its state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.details import Detail
from apps.cases.models import Case
from apps.cases.services.clocks import Clocks, ItemClock, Owner, desk
from apps.cases.services.moving import Line, move
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale

__all__ = [
    "ItemClock",
    "Locked",
    "Owner",
    "Recorded",
    "Written",
    "also_to",
    "desk",
    "record",
    "take",
    "take_all",
    "write",
]
Locked = Case
_NOTHING = Detail()
Stop = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the caller shows and announces after its line was written."""

    case_id: UUID
    number: str
    version: int
    heads: dict[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """A line of history and what it does to clocks.

    `start` clocks of pieces of work, `stop` them by item, "done" or "dropped". `unit` is where the
    actor stands, by name; `units` are departments that hear of it besides the case's own.
    """

    kind: str
    note: str = ""
    detail: Detail = _NOTHING
    unit: str = ""
    start: tuple[ItemClock, ...] = ()
    stop: tuple[Stop, ...] = ()
    units: tuple[UUID, ...] = ()


@transaction.atomic
def record(
    *,
    case_id: UUID,
    version: int | None,
    kind: str,
    note: str = "",
    detail: Detail = _NOTHING,
    by: Actor,
    start: Iterable[ItemClock] = (),
    stop: Iterable[Stop] = (),
    units: Iterable[UUID] = (),
    unit: str = "",
) -> Recorded:
    """Take a visible case and write one line into it. Its version moves, its state does not.

    Raises NotFound for a case that does not exist for the actor, Stale.
    """
    case = take(case_id, by)
    if version is not None and case.version != version:
        raise Stale(current=case.version)
    line = Written(kind, note, detail, unit, tuple(start), tuple(stop), tuple(units))
    return write(case, line, by)


def take(case_id: UUID, by: Actor, *, entrusted: bool = False) -> Case:
    """The case, locked: the first lock of every command that concerns it.

    `entrusted`: the caller has made sure that a piece of work under the case was given to the
    actor, who does not see the case itself. Raises NotFound.
    """
    seen = permissions.entrusted() if entrusted else permissions.visible_to(by)
    case = seen.select_for_update().filter(id=case_id).order_by("id").first()
    if case is None:
        raise NotFound
    return case


def take_all(case_ids: Iterable[UUID]) -> list[Locked]:
    """Several cases for somebody who was entrusted with them, locked in the order of their ids;
    sealed files are not among them."""
    rows = permissions.entrusted().select_for_update().filter(id__in=set(case_ids))
    return list(rows.order_by("id"))


def also_to(line: Written, units: tuple[UUID, ...]) -> Written:
    """The same line, heard by further departments."""
    return replace(line, units=units)


def write(case: Case, line: Written, by: Actor) -> Recorded:
    """Write into a case that `take` locked; call it last."""
    clocks = Clocks.of(case)
    for item, how in line.stop:
        clocks.end_item(item, how)
    for wanted in line.start:
        clocks.start_item(wanted)
    told = Line(line.kind, None, line.note, line.detail, unit=line.unit)
    move(case, told, by, clocks=clocks, units=line.units)
    return Recorded(case.id, case.number, case.version, case.heads)
