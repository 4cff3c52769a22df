"""The end of a case, and its beginning again."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.accountability import checklist, hooks, limits
from apps.cases.accountability.kept import NOTHING_SAID, ClosingFile
from apps.cases.details import Closed, Reopened
from apps.cases.errors import ClosingIncomplete, ReopenLimit, ToolUnknown
from apps.cases.models import Case
from apps.cases.rules import Outcome, Stage, State, Step, check_close
from apps.cases.services import remembering
from apps.cases.services.awaiting import await_unit
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, line, move, take
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OnSpot:
    """How the result was given where the person stood (C-15)."""

    method: str
    text: str


@transaction.atomic
def close(
    *,
    case_id: UUID,
    version: int,
    outcome: Outcome,
    note: str,
    on_spot: OnSpot | None,
    by: Actor,
    file: ClosingFile = NOTHING_SAID,
) -> Case:
    """End a case that was delivered, or on the spot with its delivery.

    Raises NotDelivered, OutcomeNotAllowed, ClosingIncomplete.
    """
    case = take(case_id, version, Step.CLOSE, by)
    found = remembering.look(case)
    before, clocks = State(case.state), Clocks.of(case)
    if before is State.TRIAGED and on_spot is not None:
        case.delivered_at, case.answer = clocks.at, on_spot.text
        case.handler_post, case.handler_name = by.post_id, by.name
        clocks.stop(Stage.DISPATCH, Stage.RETURN_DECISION, Stage.RESOLVE)
    ending = ended(case, before, outcome, note, clocks, file)
    gone = hooks.end_with(case.id, by)
    move(case, ending, by, clocks=clocks)
    if stays_here(case, gone):
        remembering.keep(case, found, Step.CLOSE.verb, by, at=clocks.at)
    return case


def stays_here(case: Case, gone: int) -> bool:
    """Whether an end can be taken back: nothing ended with it, no other hall heard of it."""
    return not gone and case.letter_in is None and case.letter_out is None


def ended(
    case: Case, before: State, outcome: Outcome, note: str, clocks: Clocks, file: ClosingFile
) -> Line:
    """Check and put down the end; the line to write."""
    delivered = case.delivered_at is not None
    check_close(before, outcome, delivered=delivered, refused=bool(case.refusal))
    case.closing = _complete(case, outcome, file)
    case.outcome, case.closed_at = outcome, clocks.at
    case.asked, case.letter_live = [], False
    clocks.drop_all()
    return line(Step.CLOSE, note, Closed(outcome, before is State.TRIAGED))


def _complete(case: Case, outcome: Outcome, file: ClosingFile) -> dict[str, object]:
    """The closing file, when nothing is missing (§2.7)."""
    if unknown := set(file.tools) - limits.tools():
        raise ToolUnknown(tools=sorted(unknown))
    kept = file.over(case.closing)
    if missing := checklist.missing(checklist.items(case, outcome, kept)):
        raise ClosingIncomplete(missing=missing)
    return kept


@transaction.atomic
def reopen(*, case_id: UUID, version: int, reason: str, by: Actor) -> Case:
    """Begin again with the triage kept. After the last ordinary time the case goes up: it is
    escalated and an arbiter decides who handles it (§2.3 提级). Then raises ReopenLimit."""
    case = take(case_id, version, Step.REOPEN, by)
    limit = limits.reopenings()
    if case.escalated:
        raise ReopenLimit(limit=limit + 1)
    detail = Reopened(case.reopen_count + 1, case.outcome)
    case.escalated = case.reopen_count >= limit
    case.reopen_count += 1
    unit, clocks = case.lead_unit, Clocks.of(case)
    begin_again(case, clocks, by)
    return move(case, line(Step.REOPEN, reason, detail), by, clocks=clocks, units=[unit])


def begin_again(case: Case, clocks: Clocks, by: Actor) -> None:
    """Forget the result and wait for somebody to handle the case; the days it was counted on are
    counted anew. Pieces of work that are still asked for keep their clocks."""
    moments = (case.closed_at, case.delivered_at)
    rollups.mark_dirty(*(clock.day_of(at) for at in moments if at is not None))
    _forget_result(case)
    clocks.drop(*Stage)
    await_unit(case, clocks, by)


def _forget_result(case: Case) -> None:
    """What the history keeps and the case no longer says of itself."""
    case.lead_unit, case.lead_unit_name, case.assist_units = None, "", []
    case.reply, case.refusal, case.answer, case.outcome = None, None, "", ""
    case.replied_at = case.delivered_at = case.called_back_at = case.closed_at = None
    case.solved_confirmed, case.satisfaction = None, None
    case.designated, case.closing, case.asked = False, {}, []
    case.letter_out, case.letter_seq, case.letter_live = None, 0, False
    case.referral = {key: value for key, value in case.referral.items() if key == "in"}
