"""What the receiving hall wrote under a letter becomes part of the sender's own case."""

from uuid import UUID

from django.db import transaction

from apps.cases.details import Heard, Named
from apps.cases.models import Case
from apps.cases.rules import MOVES, Outcome, Stage, State, Step
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import Line, move
from apps.cases.services.referring import remember
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.kinds import EventKind
from bancheng.city.exchange.queries import Line as Told
from bancheng.kernel.actor import SYSTEM

_STEPS = {
    EventKind.ACCEPTED: Step.REFERRAL_ACCEPTED,
    EventKind.RETURNED: Step.REFERRAL_RETURNED,
    EventKind.ANSWERED: Step.REFERRAL_ANSWERED,
    EventKind.CLOSED: Step.REFERRAL_CLOSED,
}


@transaction.atomic
def apply_letter(letter_id: UUID) -> int:
    """Bring the sender's case up to the letter's newest line; the number of lines applied.

    May run twice or late: lines already applied are left out, and a line that the case's state
    has no move for is kept in its history without moving it.
    """
    case = Case.objects.select_for_update().filter(letter_out=letter_id).order_by("id").first()
    if case is None:
        return 0
    told = exchange.lines_after(letter_id, case.letter_seq)
    if not told:
        return 0
    clocks = Clocks.of(case)
    state, lines = State(case.state), []
    for one in told:
        step = _STEPS.get(one.kind)
        step = step if step and (state, step) in MOVES else None
        if step is not None:
            state = MOVES[state, step]
            _take_over(case, one, step, clocks)
        lines.append(_line(one, step))
    case.letter_seq = told[-1].seq
    move(case, lines, SYSTEM, clocks=clocks)
    return len(lines)


def _line(one: Told, step: Step | None) -> Line:
    heard = Heard(one.letter_id, one.seq, Named(one.by_hall, one.by_name), one.data)
    return Line(f"referral_{one.kind}", step, one.note, heard, unit=one.by_name)


def _take_over(case: Case, one: Told, step: Step, clocks: Clocks) -> None:
    """The other hall's step on this case: its clocks, its answer, its end."""
    hall = Named(one.by_hall, one.by_name)
    remember(case, one.letter_id, hall, one.kind)
    clocks.stop(Stage.REFERRAL_ACCEPT)
    match step:
        case Step.REFERRAL_RETURNED:
            case.letter_live = False
            clocks.start(Stage.DISPATCH, desk())
            clocks.hand_over(desk())
        case Step.REFERRAL_ANSWERED:
            _deliver(case, one, clocks)
            clocks.start(Stage.CALLBACK, desk())
        case Step.REFERRAL_CLOSED:
            _close(case, one, clocks)


def _deliver(case: Case, one: Told, clocks: Clocks) -> None:
    clocks.stop(Stage.RESOLVE)
    case.delivered_at, case.answer = one.at, one.data.get("text", "")
    case.refusal = one.data.get("refusal")
    case.reply = {"outcome": one.data.get("outcome", ""), "answer": case.answer}


def _close(case: Case, one: Told, clocks: Clocks) -> None:
    """The receiver ended it; what it calls the outcome holds here too."""
    if case.delivered_at is None:
        _deliver(case, one, clocks)
    clocks.drop_all()
    case.outcome = one.data.get("outcome") or Outcome.TRANSFERRED_CLOSED
    case.closed_at, case.letter_live = one.at, False


def apply_all(limit: int = 500) -> int:
    """Apply every line not yet applied in this hall; what a lost poke left behind."""
    open_letters = dict(
        Case.objects.filter(letter_live=True, letter_out__isnull=False)
        .order_by("letter_out")
        .values_list("letter_out", "letter_seq")[:limit]
    )
    heads = exchange.heads(letter for letter in open_letters if letter)
    behind = [letter for letter, seq in heads.items() if seq > open_letters[letter]]
    return sum(apply_letter(letter) for letter in behind)
