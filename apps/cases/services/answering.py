"""The result reaches the person, and somebody asks whether it helped."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.accountability import hooks
from apps.cases.accountability.kept import NOTHING_SAID, ClosingFile, Request, open_requests
from apps.cases.accountability.remedy_dates import dates_from
from apps.cases.details import CalledBack, Delivered
from apps.cases.errors import AppealPending
from apps.cases.models import Case
from apps.cases.rules import Outcome, Stage, State, Step
from apps.cases.services import closing, enclosing, remembering
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import line, move, take
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


@transaction.atomic
def deliver(
    *,
    case_id: UUID,
    version: int,
    method: str,
    text: str,
    by: Actor,
    materials_returned: str = "",
    files: Collection[UUID] | None = None,
) -> Case:
    """Give the person the answer, with a date and a way (domain.md §2.7 item 2). With a refusal
    the remedy notice goes out: its days are counted from now (§3.9). To the hall that referred the
    case `files` go along, all that may if none are named. Raises Invalid."""
    case = take(case_id, version, Step.DELIVER, by)
    going = enclosing.answering(case, files, by)
    refused = case.state == State.REFUSED
    outcome = Outcome.EXPLAINED if refused else (case.reply or {}).get("outcome", "")
    clocks = Clocks.of(case)
    clocks.stop(Stage.RESOLVE)
    clocks.start(Stage.CALLBACK, desk())
    case.answer, case.delivered_at = text, clocks.at
    if refused and case.refusal is not None:
        notice = {
            "dates": dates_from(clocks.at).as_json(),
            "materials_returned": materials_returned,
        }
        case.refusal = case.refusal | notice
    told = line(Step.DELIVER, text, Delivered(method, outcome), going)
    return move(case, told, by, clocks=clocks)


@dataclass(frozen=True, slots=True)
class Callback:
    """What the person said. With an `outcome` the case closes in the same step."""

    result: str
    satisfaction: int | None = None
    note: str = ""
    outcome: Outcome | None = None
    file: ClosingFile = NOTHING_SAID


@transaction.atomic
def call_back(*, case_id: UUID, version: int, given: Callback, by: Actor) -> Case:
    """Ask the person; never by the one who handled the case (raises CallbackByHandler). It does
    not end while a re-examination waits (raises AppealPending)."""
    case = take(case_id, version, Step.CALLBACK, by)
    if given.outcome is not None and open_requests(case.asked, Request.APPEAL):
        raise AppealPending
    found, gone = remembering.look(case), 0
    clocks = Clocks.of(case)
    _put_down(case, given, clocks)
    lines = [line(Step.CALLBACK, given.note, CalledBack(given.result, given.satisfaction))]
    if given.outcome is not None:
        lines.append(closing.ended(case, State.CALLED_BACK, given.outcome, "", clocks, given.file))
        gone = hooks.end_with(case.id, by)
    move(case, lines, by, clocks=clocks)
    if given.outcome is not None and closing.stays_here(case, gone):
        remembering.keep(case, found, Step.CLOSE.verb, by, at=clocks.at)
    return case


def _put_down(case: Case, given: Callback, clocks: Clocks) -> None:
    case.called_back_at = clock.now()
    if given.result == "unreachable":
        return
    clocks.stop(Stage.CALLBACK)
    case.solved_confirmed = given.result == "solved"
    case.satisfaction = given.satisfaction
