"""Asking a leader, beside the way of the case: who decided what, and when (C-36)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import Request
from apps.cases.models import Case
from apps.cases.rules import Step
from apps.cases.services import asking
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import line, move, take
from bancheng.kernel.actor import Actor


@transaction.atomic
def report_up(
    *,
    case_id: UUID,
    version: int,
    to_post: UUID,
    question: str,
    wanted_by: date | None,
    by: Actor,
) -> Case:
    """Put a question to the unit's lead or to the hall's leaders; raises PostNotAllowed."""
    case = take(case_id, version, Step.REPORT_UP, by)
    asked = asking.ask(case, Request.REPORT_UP, to_post, question, by, wanted_by=wanted_by)
    return move(case, line(Step.REPORT_UP, question, asked), by, clocks=Clocks.of(case))


@transaction.atomic
def answer(
    *, case_id: UUID, version: int, request: UUID | None, decision: str, note: str, by: Actor
) -> Case:
    """Decide about one question that was put to the actor, the oldest unless named; NotAsked."""
    case = take(case_id, version, Step.REPORT_UP_ANSWER, by)
    one = asking.pending(case, Request.REPORT_UP, by, request)
    asking.tell_asker(case, one, decision, by)
    detail = asking.answered(case, one, decision)
    return move(case, line(Step.REPORT_UP_ANSWER, note, detail), by, clocks=Clocks.of(case))
