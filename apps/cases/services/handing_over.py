"""One person stays accountable until the next one has confirmed (C-61)."""

from uuid import UUID

from django.db import transaction

from apps.cases.accountability.kept import Request
from apps.cases.models import Case
from apps.cases.rules import Step
from apps.cases.services import asking
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import line, move, take
from bancheng.kernel.actor import Actor

ACCEPT, DECLINE = "accept", "decline"


@transaction.atomic
def offer(*, case_id: UUID, version: int, to_post: UUID, reason: str, by: Actor) -> Case:
    """Ask somebody to become accountable; nothing changes until they say yes.

    Raises NotYours, HandOverPending, PostNotAllowed.
    """
    case = take(case_id, version, Step.HAND_OVER, by)
    asked = asking.ask(case, Request.HAND_OVER, to_post, reason, by)
    return move(case, line(Step.HAND_OVER, reason, asked), by, clocks=Clocks.of(case))


@transaction.atomic
def answer(*, case_id: UUID, version: int, decision: str, note: str, by: Actor) -> Case:
    """Say yes and be accountable from now on, or say no and nothing changes; raises NotAsked."""
    case = take(case_id, version, Step.HAND_OVER_ANSWER, by)
    one = asking.pending(case, Request.HAND_OVER, by)
    if decision == ACCEPT:
        case.first_responder_post, case.first_responder_name = by.post_id, by.name
    asking.tell_asker(case, one, decision, by)
    detail = asking.answered(case, one, decision)
    return move(case, line(Step.HAND_OVER_ANSWER, note, detail), by, clocks=Clocks.of(case))
