"""A piece of work is begun under a case."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from apps.cases.details import Detail
from apps.cases.rules import State
from apps.cases.services import recording
from apps.work import permissions
from apps.work.details import Begun
from apps.work.errors import CaseEnded
from apps.work.kinds import KINDS, Kind
from apps.work.models import WorkItem
from apps.work.services import people, telling
from apps.work.services.numbering import next_number
from apps.work.services.sealing import seal
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

Given = Callable[[type[Detail]], Detail]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was begun, and where the topics of its case stand after it."""

    items: list[WorkItem]
    heads: dict[str, int]


@transaction.atomic
def begin(*, case_id: UUID, kind: str, given: Given, by: Actor) -> Opened:
    """Begin a kind of work under a visible case; one piece for each unit where several are asked.

    `given` makes the request's body into what the kind asks for. Its clock starts, who is asked
    hears of it. Raises NotFound, Forbidden, CaseEnded, Invalid and what the kind refuses.
    """
    wanted = KINDS.get(kind)
    if wanted is None or not wanted.by_hand:
        raise NotFound
    case = recording.take(case_id, by)
    permissions.require_begin(by, wanted)
    if case.state == State.CLOSED:
        raise CaseEnded
    asked = given(wanted.asks)
    return put(case, wanted, asked, by)


def put(
    case: recording.Locked, kind: Kind, asked: Detail, by: Actor, *, meeting: UUID | None = None
) -> Opened:
    """Check and store what is asked under a locked case, tell everybody. Call it last."""
    if kind.known is not None:
        asked = kind.known(asked, case.service_item)
    if kind.check is not None:
        kind.check(asked)
    made = [_made(case.id, kind, part, by) for part in people.apart(asked)]
    _numbered(made, kind, case.id, meeting)
    WorkItem.objects.bulk_create(made)
    case.helpers = people.with_helpers(case.helpers, made)
    telling.asked(made, case.number, by)
    return Opened(made, recording.write(case, _line(made, kind, asked, by), by).heads)


def _made(case_id: UUID, kind: Kind, part: people.Part, by: Actor) -> WorkItem:
    item_id = ids.new_id()
    shown, sealed = seal(part.asked, item_id)
    return WorkItem(
        id=item_id,
        case_id=case_id,
        kind=kind.code,
        state=kind.begins,
        open=kind.begins not in kind.ends,
        title=_first_line(kind.title(shown)),
        unit=part.unit.id,
        unit_name=part.unit.name,
        post=part.post.id,
        post_name=part.post.name,
        members=list(part.members),
        opener_post=by.post_id,
        opener_name=by.name,
        opener_unit=by.department_id,
        ended_at=clock.now() if kind.begins in kind.ends else None,
        data=kind.file(asked=shown).as_json(),  # type: ignore[call-arg]
        sealed=sealed,
    )


def _first_line(text: str) -> str:
    line = text.strip().split("\n")[0]
    return line if len(line) <= 200 else f"{line[:199]}…"


def _numbered(made: list[WorkItem], kind: Kind, case_id: UUID, meeting: UUID | None) -> None:
    """The next numbers under this case, which is locked; and of the year, where the kind counts."""
    rows = WorkItem.objects.filter(case_id=case_id)
    last = rows.aggregate(last=Max("seq"))["last"] or 0
    for seq, item in enumerate(made, last + 1):
        item.seq, item.meeting = seq, meeting
        if kind.numbered:
            item.year, item.number = next_number(kind.code)


def _line(made: list[WorkItem], kind: Kind, asked: Detail, by: Actor) -> recording.Written:
    names = tuple(name for item in made if (name := item.unit_name or item.post_name))
    first = made[0]
    detail = Begun(tuple(item.id for item in made), first.title, names, number_of(first))
    days = getattr(asked, "days", None)
    clocks = [_clock(item, kind, days) for item in made] if kind.clock_from_start else []
    return recording.Written(
        kind=f"work.{kind.code}",
        detail=detail,
        unit=people.unit_name(by),
        start=tuple(one for one in clocks if one is not None),
        units=tuple(unit for item in made for unit in (item.unit, *item.members) if unit),
    )


def _clock(item: WorkItem, kind: Kind, days: int | None) -> recording.ItemClock | None:
    if kind.stage is None:
        return None
    return recording.ItemClock(item.id, kind.stage, people.owner(item), days=days)


def restarted(item: WorkItem, kind: Kind, days: int | None) -> recording.ItemClock | None:
    """The clock of a piece of work from now on."""
    return _clock(item, kind, days)


def number_of(item: WorkItem) -> str:
    """〔2026〕3号, or nothing."""
    return f"〔{item.year}〕{item.number}号" if item.number else ""
