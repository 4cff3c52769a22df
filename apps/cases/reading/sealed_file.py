"""The words and the history of sealed cases, for the app that has asked who may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.cases.models import Case, CaseEvent, Deadline
from apps.cases.timekeeping.cards import Clock, card_of
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock


@dataclass(frozen=True, slots=True)
class Head:
    """A sealed case in a list."""

    title: str
    registered_at: datetime
    due_at: datetime | None


def heads(case_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """By id; one query."""
    rows = Case.every.filter(id__in=list(case_ids), sealed=True).order_by("id")
    found = rows.values_list("id", "title", "registered_at", "due_at")
    return {row[0]: Head(*row[1:]) for row in found}


def words(case_id: UUID) -> dict[str, Any]:
    """Title, what happened, what is wanted; the clocks and the history. Three queries."""
    case = Case.every.get(id=case_id, sealed=True)
    return {
        "title": case.title,
        "detail": case.detail,
        "want": case.want,
        "registered_at": case.registered_at,
        "due_at": case.due_at,
        "circle": case.circle,
        "deadline": _deadline(case),
        "timeline": [_line(event) for event in CaseEvent.every.filter(case=case).order_by("seq")],
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said, in their own words."""

    title: str
    detail: str
    want: str


def told(case: Case) -> Told:
    """The words of a case at hand."""
    return Told(case.title, case.detail, case.want)


def _deadline(case: Case) -> dict[str, Any] | None:
    row = Deadline.every.filter(case=case).exclude(ended="dropped").order_by("-id").first()
    if row is None:
        return None
    shown = Clock(*(getattr(row, name) for name in Clock.__slots__))
    card = card_of(shown, row.done_at or clock.now(), calendar.timekeeping(), reopened=0)
    return {"due_at": row.due_at, "due_on": row.due_on, "done_at": row.done_at, "card": card.word}


def _line(event: CaseEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "actor": event.actor_name,
        "note": event.note or None,
        "data": event.data,
    }
