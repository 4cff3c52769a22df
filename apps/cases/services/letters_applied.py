"""What the receiving hall wrote under a letter becomes part of the sender's own case."""

from uuid import UUID

from django.db import transaction

from apps.cases.accountability import hooks
from apps.cases.accountability.kept import Request, open_requests
from apps.cases.details import Heard, Named
from apps.cases.models import Case
from apps.cases.rules import MOVES, Outcome, Stage, State, Step
from apps.cases.services import enclosing
from apps.cases.services.awaiting import await_unit
from apps.cases.services.clocks import Clocks, desk
from apps.cases.services.moving import Line, move
from apps.cases.services.referring import remember
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.enclosed import Enclosed
from bancheng.city.exchange.kinds import EventKind
from bancheng.city.exchange.queries import Line as Told
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import here

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
        return _apply_sender_closed(letter_id)
    lines_after = exchange.lines_after(letter_id, case.letter_seq)
    told = [one for one in lines_after if one.by_hall != here().id]
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
        lines.append(_line(one, step, enclosing.came_with(one, case)))
    case.letter_seq = lines_after[-1].seq
    move(case, lines, SYSTEM, clocks=clocks)
    return len(lines)


def _apply_sender_closed(letter_id: UUID) -> int:
    """The receiver's end: the citizen's own hall called back and closed the matter first."""
    case = Case.objects.select_for_update().filter(letter_in=letter_id).order_by("id").first()
    if case is None or (State(case.state), Step.SENDER_CLOSED) not in MOVES:
        return 0
    told = [one for one in exchange.lines_after(letter_id, 1) if one.kind is EventKind.ENDED]
    if not told or (case.delivered_at and told[-1].at < case.delivered_at):
        return 0
    clocks, one = Clocks.of(case), told[-1]
    _end(case, clocks)
    case.outcome, case.closed_at = one.data["outcome"], one.at
    heard = Heard(letter_id, one.seq, Named(one.by_hall, one.by_name), one.data)
    closed = Line("sender_closed", Step.SENDER_CLOSED, one.note, heard, unit=one.by_name)
    move(case, closed, SYSTEM, clocks=clocks)
    return 1


def _line(one: Told, step: Step | None, files: tuple[Enclosed, ...]) -> Line:
    """A line of the other hall in this one's history; its files go on with the answer."""
    said = one.data | ({"files": len(one.files)} if one.files else {})
    heard = Heard(one.letter_id, one.seq, Named(one.by_hall, one.by_name), said)
    return Line(f"referral_{one.kind}", step, one.note, heard, unit=one.by_name, files=files)


def _take_over(case: Case, one: Told, step: Step, clocks: Clocks) -> None:
    """The other hall's step on this case: its clocks, its answer, its end."""
    hall = Named(one.by_hall, one.by_name)
    remember(case, one.letter_id, hall, one.kind)
    clocks.stop(Stage.REFERRAL_ACCEPT)
    match step:
        case Step.REFERRAL_RETURNED:
            case.letter_live = False
            await_unit(case, clocks, SYSTEM)
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
    _end(case, clocks)
    case.outcome = one.data.get("outcome") or Outcome.TRANSFERRED_CLOSED
    case.closed_at, case.letter_live = one.at, False


def _end(case: Case, clocks: Clocks) -> None:
    """With another hall's end everything ends here but a re-examination that the person waits for:
    it keeps its clock and is answered (C-60)."""
    case.asked = list(open_requests(case.asked, Request.APPEAL))
    clocks.drop_all(but=Stage.APPEAL)
    hooks.end_with(case.id, SYSTEM)


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
