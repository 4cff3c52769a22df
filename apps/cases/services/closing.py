"""The end of a case, and its beginning again."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.cases.details import Closed, Reopened
from apps.cases.errors import ReopenLimit
from apps.cases.models import Case
from apps.cases.rules import (
    MOST_REOPENINGS,
    Outcome,
    Stage,
    State,
    Step,
    check_close,
)
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import Line, line, move, take
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
) -> Case:
    """End a case that was delivered, or on the spot with its delivery.

    Raises NotDelivered, OutcomeNotAllowed.
    """
    case = take(case_id, version, Step.CLOSE, by)
    before, clocks = State(case.state), Clocks.of(case)
    if before is State.TRIAGED and on_spot is not None:
        case.delivered_at, case.answer = clocks.at, on_spot.text
        case.handler_post, case.handler_name = by.post_id, by.name
        clocks.stop(Stage.DISPATCH, Stage.RESOLVE)
    ending = ended(case, before, outcome, note, clocks)
    return move(case, ending, by, clocks=clocks)


def ended(case: Case, before: State, outcome: Outcome, note: str, clocks: Clocks) -> Line:
    """Check and put down the end; the line to write."""
    delivered = case.delivered_at is not None
    check_close(before, outcome, delivered=delivered, refused=bool(case.refusal))
    case.outcome, case.closed_at = outcome, clocks.at
    clocks.drop_all()
    return line(Step.CLOSE, note, Closed(outcome, before is State.TRIAGED))


@transaction.atomic
def reopen(*, case_id: UUID, version: int, reason: str, by: Actor) -> Case:
    """Begin again with the triage kept; at most twice, then it has to go up (ReopenLimit)."""
    case = take(case_id, version, Step.REOPEN, by)
    if case.reopen_count >= MOST_REOPENINGS:
        raise ReopenLimit(limit=MOST_REOPENINGS)
    detail = Reopened(case.reopen_count + 1, case.outcome)
    case.reopen_count += 1
    unit = case.lead_unit
    _forget_result(case)
    clocks = Clocks.of(case)
    clocks.drop_all()
    clocks.start(Stage.DISPATCH, desk())
    return move(case, line(Step.REOPEN, reason, detail), by, clocks=clocks, units=[unit])


def _forget_result(case: Case) -> None:
    """What the history keeps and the case no longer says of itself."""
    case.lead_unit, case.lead_unit_name, case.assist_units = None, "", []
    case.reply, case.refusal, case.answer, case.outcome = None, None, "", ""
    case.replied_at = case.delivered_at = case.called_back_at = case.closed_at = None
    case.solved_confirmed, case.satisfaction = None, None
    case.letter_out, case.letter_seq, case.letter_live = None, 0, False
    case.referral = {key: value for key, value in case.referral.items() if key == "in"}
