"""Telling the hall that referred a case what became of it, in the step's own transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from apps.cases.events import LetterAnswered
from apps.cases.models import Case
from apps.cases.rules import BESIDE_THE_WAY, Step
from bancheng.city.exchange import letters
from bancheng.city.exchange.kinds import EventKind

if TYPE_CHECKING:
    from apps.cases.services.moving import Line

_ANSWERS = (Step.DELIVER, Step.REFERRAL_ANSWERED)
_CLOSES = (Step.CLOSE, Step.REFERRAL_CLOSED)
_ENDS = (Step.CLOSE, Step.SENDER_CLOSED)
_SILENT = (
    None,
    Step.CALLBACK,
    Step.REFUSAL,
    Step.REFUSAL_APPROVE,
    Step.REFUSAL_REJECT,
    Step.SENDER_CLOSED,
    *BESIDE_THE_WAY,
)


def report(case: Case, lines: Sequence["Line"]) -> list[LetterAnswered]:
    """Write what the lines mean for the sender; the fact to publish, if there is any.

    No person's name and no internal note travels: a step, a unit, dates, and the answer.
    """
    return [*_to_sender(case, lines), *_to_receiver(case, [one.step for one in lines])]


def _to_receiver(case: Case, steps: Sequence[Step | None]) -> list[LetterAnswered]:
    """The hall that answered hears that the citizen's own hall closed the matter: either side's
    confirmed callback ends it for both, and the first one counts."""
    out = case.referral.get("out") or {}
    if case.letter_out is None or out.get("state") != "answered" or not set(steps) & set(_ENDS):
        return []
    letters.add(case.letter_out, EventKind.ENDED, data={"outcome": case.outcome})
    return [LetterAnswered(letter_id=case.letter_out, to_hall=UUID(out["hall"]["id"]))]


def _to_sender(case: Case, lines: Sequence["Line"]) -> list[LetterAnswered]:
    if case.letter_in is None:
        return []
    told = [one for one in lines if one.step not in _SILENT]
    for one in told:
        data = _said(case, one.step)
        letters.add(case.letter_in, _kind(one.step), data=data, files=one.files)
    sender = UUID(case.referral["in"]["hall"]["id"])
    return [LetterAnswered(letter_id=case.letter_in, to_hall=sender)] if told else []


def _kind(step: Step | None) -> EventKind:
    if step in _ANSWERS:
        return EventKind.ANSWERED
    return EventKind.CLOSED if step in _CLOSES else EventKind.PROGRESS


def _said(case: Case, step: Step | None) -> dict[str, Any]:
    said: dict[str, Any] = {"step": step.verb if step else "", "unit": case.lead_unit_name}
    if step in _ANSWERS or step in _CLOSES:
        said |= {"text": case.answer, "outcome": _outcome(case), "refusal": refusal_told(case)}
    elif case.due_at is not None:
        said |= {"due_at": case.due_at}
    return said


def _outcome(case: Case) -> str:
    return case.outcome or (case.reply or {}).get("outcome", "")


def refusal_told(case: Case) -> dict[str, Any] | None:
    """As much of a refusal as the person is told: basis, explanation, remedies."""
    if not case.refusal:
        return None
    told = (
        "legal_basis",
        "explanation",
        "materials_needed",
        "remedy",
        "decision",
        "organ",
        "basis_title",
        "basis_text",
        "dates",
    )
    return {key: case.refusal.get(key) for key in told}
