"""A piece of work takes a step of its kind."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.details import Detail
from apps.cases.rules import State
from apps.cases.services import recording
from apps.work import permissions, queries
from apps.work.details import Moved
from apps.work.errors import CaseEnded, StepNotAllowed
from apps.work.files import read
from apps.work.kinds import KINDS, Kind, Step
from apps.work.models import WorkItem
from apps.work.services import people, telling
from apps.work.services.opening import Opened, restarted
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Stale

Given = Callable[[type[Detail]], Detail]


@transaction.atomic
def step(*, item_id: UUID, version: int | None, code: str, given: Given, by: Actor) -> Opened:
    """Take a step of a visible piece of work; its case's lock comes first.

    `given` makes the request's body into what the step asks for. Raises NotFound (also for a step
    that the kind does not have), Stale, Forbidden, StepNotAllowed, CaseEnded while its case rests
    in another one, and what the kind refuses.
    """
    item, case = taken(item_id, by)
    kind = KINDS[item.kind]
    wanted = kind.step(code)
    if wanted is None:
        raise NotFound
    if version is not None and item.version != version:
        raise Stale(current=item.version)
    permissions.require_step(by, item, wanted, case.lead_unit)
    if item.open and case.state == State.CLOSED:
        raise CaseEnded
    if item.state not in wanted.moves:
        allowed = queries.allowed_steps(item, by, case.lead_unit)
        raise StepNotAllowed(state=item.state, step=code, allowed=allowed)
    said = given(wanted.given)
    _move(item, kind, wanted, said)
    if not item.open:
        case.helpers = people.without_helper(case.helpers, item)
    item.save(force_update=True)
    telling.moved(item, case.number, code, by)
    return Opened([item], recording.write(case, _line(item, kind, wanted, said, by), by).heads)


def taken(item_id: UUID, by: Actor) -> tuple[WorkItem, recording.Locked]:
    """The piece of work and its case, both locked, the case first; raises NotFound."""
    seen = permissions.visible_to(by).filter(id=item_id)
    case_id = seen.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound
    case = recording.take(case_id, by, entrusted=True)
    item = seen.select_for_update().order_by("id").first()
    if item is None:
        raise NotFound
    return item, case


def _move(item: WorkItem, kind: Kind, wanted: Step, said: Detail) -> None:
    """Check what was said, put it into the file, and the file into its new state."""
    file: Any = read(kind.file, item.data)
    if wanted.check is not None:
        wanted.check(file, said)
    if wanted.change is not None:
        file = wanted.change(file, said)
    elif wanted.put:
        before = getattr(file, wanted.put)
        many = isinstance(before, tuple)
        file = replace(file, **{wanted.put: (*before, said) if many else said})
    item.state = wanted.lands(file) if wanted.lands else wanted.moves[item.state]
    item.data, item.version = file.as_json(), item.version + 1
    item.open = item.state not in kind.ends
    item.ended_at = None if item.open else clock.now()


def _line(item: WorkItem, kind: Kind, wanted: Step, said: Detail, by: Actor) -> recording.Written:
    ended = not item.open and wanted.clock == "keep"
    start = restarted(item, kind, getattr(said, "days", None)) if wanted.clock == "start" else None
    stop = wanted.clock in ("stop", "drop") or ended
    return recording.Written(
        kind=f"work.{kind.code}.{wanted.code}",
        note=_words(said),
        detail=Moved(item.id, item.seq, item.title, item.state),
        unit=people.unit_name(by),
        start=(start,) if start else (),
        stop=((item.id, "dropped" if wanted.clock == "drop" else "done"),) if stop else (),
        units=tuple(unit for unit in (item.unit, *item.members) if unit),
    )


def _words(said: Detail) -> str:
    """The first longer text of what was said, for the history."""
    texts = (getattr(said, one.name) for one in fields(said))
    return next((text for text in texts if isinstance(text, str) and len(text) > 3), "")
