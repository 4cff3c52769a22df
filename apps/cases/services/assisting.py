"""What an assisting unit does: sign, and reply to the leading one, each by its own clock (C-68)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import AssistReplied
from apps.cases.details import Named
from apps.cases.models import Case
from apps.cases.rules import Stage, Step
from apps.cases.services.clocks import Clocks, ItemClock, Owner
from apps.cases.services.moving import Line, move, take
from apps.notices import services as notices
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class AssistReply:
    """The unit's answer to the lead; `result` is agreed, partly, cannot or not_ours."""

    text: str
    result: str


@transaction.atomic
def sign(*, case_id: UUID, version: int, by: Actor) -> Case:
    """An assisting unit takes its part over; the lead's clocks do not move."""
    case = take(case_id, version, Step.ASSIST_SIGN, by)
    unit, clocks = _put_down(case, by, signed_at=clock.now().isoformat()), Clocks.of(case)
    clocks.end_item(UUID(unit["id"]), "done", Stage.ASSIST_SIGN)
    line = Line(Step.ASSIST_SIGN.verb, Step.ASSIST_SIGN, unit=unit["name"])
    return move(case, line, by, clocks=clocks)


@transaction.atomic
def reply(*, case_id: UUID, version: int, given: AssistReply, by: Actor) -> Case:
    """An assisting unit answers the lead, who hears of it."""
    case = take(case_id, version, Step.ASSIST_REPLY, by)
    clocks, now = Clocks.of(case), clock.now().isoformat()
    unit = _put_down(case, by, replied_at=now, text=given.text, result=given.result)
    clocks.end_item(UUID(unit["id"]), "done")
    note = notices.Note(
        "cases.assist_replied", "case", case.id, case.number, {"unit": unit["name"]}
    )
    notices.tell(note, to=notices.To(unit=case.lead_unit), by=by)
    detail = AssistReplied(Named(UUID(unit["id"]), unit["name"]), given.result)
    line = Line(Step.ASSIST_REPLY.verb, Step.ASSIST_REPLY, given.text, detail, unit=unit["name"])
    return move(case, line, by, clocks=clocks)


def _put_down(case: Case, by: Actor, **said: str) -> dict[str, Any]:
    """Write into the actor's own unit's part; the part."""
    mine: dict[str, Any] = next(u for u in case.assist_units if u["id"] == str(by.department_id))
    mine.update(said)
    return mine


def begin(case: Case, clocks: Clocks) -> None:
    """Each assisting unit gets its own two clocks; its answer is due before the lead's (§2.5)."""
    for unit in case.assist_units:
        owner = Owner(UUID(unit["id"]), unit["name"])
        clocks.start_item(ItemClock(UUID(unit["id"]), Stage.ASSIST_SIGN, owner))
        answer = ItemClock(UUID(unit["id"]), Stage.ASSIST_REPLY, owner, category=case.category)
        clocks.start_item(answer)


def dismiss(case: Case, clocks: Clocks) -> tuple[Named, ...]:
    """Their part is over. Who has not answered is marked silent and named."""
    silent = [unit for unit in case.assist_units if not unit.get("replied_at")]
    for unit in case.assist_units:
        clocks.end_item(UUID(unit["id"]), "dropped", Stage.ASSIST_SIGN)
        clocks.end_item(UUID(unit["id"]), "dropped", Stage.ASSIST_REPLY)
    for unit in silent:
        unit["silent"] = True
    return tuple(Named(UUID(unit["id"]), unit["name"]) for unit in silent)
