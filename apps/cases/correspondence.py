"""Referrals in and out of this hall, in the shape of the API."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.cases import enclosed_files, permissions, queries
from apps.cases.models import Deadline
from apps.cases.rules import Stage
from apps.cases.timekeeping.cards import Card, card_of
from bancheng.city.calendar import queries as calendar
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.kinds import EventKind, LetterState
from bancheng.city.exchange.queries import Line, Mail
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

ORDER = ("-sent_at", "-id")


def box(name: str, *, only_open: bool, by: Actor) -> QuerySet[Any, Any]:
    """Letters in or out, to be paged by ORDER and shown with `shown`."""
    permissions.require(by, "referrals.read")
    return exchange.box(name, only_open=only_open)


def one(letter_id: UUID, by: Actor) -> dict[str, Any]:
    """One letter of this hall; raises NotFound."""
    permissions.require(by, "referrals.read")
    return shown([exchange.letter(letter_id)])[0]


def shown(letters: Sequence[Mail]) -> list[dict[str, Any]]:
    """Letters with their lines and what is known here of the receiver's clock; three queries, two
    more where files go along."""
    ids = [letter.id for letter in letters]
    lines = exchange.lines(ids)
    cases, promises = queries.case_ids_of_letters(ids), queries.promises_of_letters(ids)
    files = enclosed_files.of(letters, lines)
    return [
        _shown(letter, lines[letter.id], cases.get(letter.id), promises.get(letter.id))
        | {"files": files.get(letter.id, [])}
        for letter in letters
    ]


def _shown(
    letter: Mail, lines: Sequence[Line], case_id: UUID | None, promise: Deadline | None
) -> dict[str, Any]:
    return {
        "id": letter.id,
        "direction": letter.direction,
        "from_hall": {"id": letter.from_hall, "name": letter.from_name},
        "to_hall": {"id": letter.to_hall, "name": letter.to_name},
        "state": letter.state,
        "case_number": letter.case_number,
        "title": letter.matter.title,
        "summary": letter.matter.detail,
        "want": letter.matter.want,
        "cause": letter.matter.cause,
        "applicant_masked": letter.matter.name_mask,
        "reason": letter.reason,
        "purpose": letter.purpose,
        "legal_basis": letter.legal_basis or None,
        "sent_at": letter.sent_at,
        "accept_due_at": letter.accept_due_at,
        "promised_on": letter.promised_on,
        "receiver_due_on": promise.due_on if promise else _told_due_on(lines),
        "case_id": case_id,
        "card": _card(letter, promise).word,
        "events": [_event(line) for line in lines],
        "version": letter.version,
    }


def _told_due_on(lines: Sequence[Line]) -> str | None:
    """The receiver's own date as it told it when it accepted."""
    for line in lines:
        if line.kind is EventKind.ACCEPTED:
            return line.data.get("receiver_due_on")
    return None


def _card(letter: Mail, promise: Deadline | None) -> Card:
    """Before acceptance the receiver's clock to accept, after it the clock it works by."""
    timing, now = calendar.timekeeping(), clock.now()
    if letter.state is LetterState.SENT:
        due_on = clock.day_of(letter.accept_due_at)
        waiting = Deadline(stage=Stage.REFERRAL_ACCEPT, due_at=letter.accept_due_at, due_on=due_on)
        return card_of(waiting, now, timing)
    return card_of(promise, now, timing) if promise else Card.GREEN


def _event(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "at": line.at,
        "by": line.by_name,
        "note": line.note or None,
        "data": line.data,
    }
