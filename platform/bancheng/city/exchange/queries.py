"""Reading the mailbox. Row-level security already leaves only this hall's letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from bancheng.city.exchange import enclosed
from bancheng.city.exchange.contents import Matter, matter
from bancheng.city.exchange.enclosed import Enclosed
from bancheng.city.exchange.kinds import OPEN, EventKind, LetterState
from bancheng.city.exchange.models import Letter, LetterEvent
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as both its ends read it. `version` is the number of its newest line."""

    id: UUID
    direction: str
    from_hall: UUID
    from_name: str
    to_hall: UUID
    to_name: str
    case_id: UUID
    case_number: str
    reason: str
    purpose: str
    legal_basis: str
    matter: Matter
    promised_on: date
    accept_due_at: datetime
    sent_at: datetime
    state: LetterState
    version: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a letter, with the files that went along with it."""

    letter_id: UUID
    seq: int
    kind: EventKind
    by_hall: UUID
    by_name: str
    at: datetime
    note: str
    data: dict[str, Any]
    files: tuple[Enclosed, ...] = ()


def _letters() -> QuerySet[Any, Any]:
    decisive = (
        LetterEvent.objects.filter(letter=OuterRef("pk"))
        .exclude(kind=EventKind.PROGRESS)
        .order_by("-seq")
        .values("kind")[:1]
    )
    last = LetterEvent.objects.filter(letter=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    return Letter.objects.annotate(state=Subquery(decisive), version=Subquery(last))


def box(name: str, *, only_open: bool) -> QuerySet[Any, Any]:
    """Letters `in` to or `out` of this hall, to be paged and read with `mail`; unordered."""
    mine = here().id
    found = _letters().filter(Q(to_hall=mine) if name == "in" else Q(from_hall=mine))
    return found.filter(state__in=OPEN) if only_open else found


def letter(letter_id: UUID) -> Mail:
    """A letter this hall sent or received; raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(_one(), [EventKind.PROGRESS, letter_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    found: Any = records.shape(Letter).made(row[:-2])
    found.state, found.version = row[-2:]
    return mail(found)


@cache
def _one() -> str:
    """A letter with its state and its version, as `_letters` reads many."""
    of_it = "FROM exchange_letterevent e WHERE e.letter_id = exchange_letter.id"
    last = "ORDER BY e.seq DESC LIMIT 1"
    return (
        f"SELECT {records.shape(Letter).listed},"  # noqa: S608 - our own names
        f" (SELECT e.kind {of_it} AND e.kind <> %s {last}), (SELECT e.seq {of_it} {last})"
        " FROM exchange_letter WHERE id = %s"
    )


def mail(row: Any) -> Mail:
    """A row of `box` as other packages know it."""
    return Mail(
        id=row.id,
        direction=row.direction,
        from_hall=row.from_hall,
        from_name=row.from_name,
        to_hall=row.to_hall,
        to_name=row.to_name,
        case_id=row.case_id,
        case_number=row.case_number,
        reason=row.reason,
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        matter=matter(row.payload),
        promised_on=row.promised_on,
        accept_due_at=row.accept_due_at,
        sent_at=row.sent_at,
        state=_state(row.state),
        version=row.version,
    )


def _state(kind: str) -> LetterState:
    """Either end's last word closes a letter."""
    return LetterState.CLOSED if kind == EventKind.ENDED else LetterState(kind)


def waiting_count() -> int:
    """Letters to this hall that wait for a decision."""
    return box("in", only_open=False).filter(state=LetterState.SENT).count()


def lines(letter_ids: Iterable[UUID]) -> dict[UUID, list[Line]]:
    """The lines of each letter, oldest first."""
    found: dict[UUID, list[Line]] = {letter_id: [] for letter_id in letter_ids}
    ordered = "letter_id = ANY(%s) ORDER BY letter_id, seq"
    for row in records.where(LetterEvent, ordered, list(found)):
        found[row.letter_id].append(_line(row))
    return found


def lines_after(letter_id: UUID, seq: int) -> list[Line]:
    """The lines of one letter after number `seq`, oldest first."""
    rows = "letter_id = %s AND seq > %s ORDER BY seq"
    return [_line(row) for row in records.where(LetterEvent, rows, letter_id, seq)]


def heads(letter_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of the newest line of each letter."""
    rows = LetterEvent.objects.filter(letter_id__in=list(letter_ids)).values("letter_id")
    return {row["letter_id"]: row["head"] for row in rows.annotate(head=Max("seq"))}


def _line(row: LetterEvent) -> Line:
    return Line(
        row.letter_id,
        row.seq,
        EventKind(row.kind),
        row.by_hall,
        row.by_name,
        row.at,
        row.note,
        {name: said for name, said in row.data.items() if name != enclosed.FILES},
        enclosed.opened(row.letter_id, row.seq, row.data),
    )
