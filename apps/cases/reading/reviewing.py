"""What a review of quality reads of the hall's cases (C-80, C-92, C-75); sealed ones never."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from apps.cases import permissions
from apps.cases.models import CaseEvent
from apps.cases.rules import State, Step

_LOOKS = frozenset({"registered", "reveal", Step.TRIAGE.verb, Step.CALLBACK.verb, Step.CLOSE.verb})
"""Lines that are no work on the matter: writing it down, sorting it, asking, ending."""
_COLUMNS = (
    "id",
    "number",
    "registered_at",
    "replied_at",
    "closed_at",
    "outcome",
    "satisfaction",
    "handler_post",
    "handler_unit",
    "handler_unit_name",
    "lead_unit",
    "lead_unit_name",
    "reply",
    "letter_out",
)


@dataclass(slots=True)
class Reviewed:
    """A case as a reviewer sees it: its moments, its reply, who did what."""

    id: UUID
    number: str
    registered_at: datetime
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str
    satisfaction: int | None
    handler_post: UUID | None
    handler_unit: UUID | None
    handler_unit_name: str
    lead_unit: UUID | None
    lead_unit_name: str
    reply: dict[str, Any] | None
    letter_out: UUID | None
    lines: list[tuple[str, UUID | None]] = field(default_factory=list)

    @property
    def unit(self) -> UUID | None:
        return self.handler_unit or self.lead_unit

    @property
    def unit_name(self) -> str:
        return self.handler_unit_name or self.lead_unit_name

    @property
    def answer(self) -> str:
        return str((self.reply or {}).get("answer", ""))

    @property
    def legal_basis(self) -> str:
        return str((self.reply or {}).get("legal_basis", ""))

    @property
    def actions(self) -> int:
        """Lines of work on the matter: contact, reply, steps, delivery on the spot."""
        return sum(1 for kind, _ in self.lines if not _passes(kind))

    def posts_of(self, kind: str) -> set[UUID | None]:
        """Who wrote lines of a kind."""
        return {post for wrote, post in self.lines if wrote == kind}


def _passes(kind: str) -> bool:
    return kind in _LOOKS or kind.startswith("oversight.")


def closed_between(start: datetime, end: datetime) -> list[Reviewed]:
    """Cases closed in a span, with their lines; two queries."""
    return _reviewed(Q(state=State.CLOSED, closed_at__gte=start, closed_at__lt=end))


def replied_between(start: datetime, end: datetime) -> list[Reviewed]:
    """Cases that got a reply of a department in a span; two queries."""
    return _reviewed(Q(replied_at__gte=start, replied_at__lt=end, reply__isnull=False))


def of_ids(case_ids: Iterable[UUID]) -> dict[UUID, Reviewed]:
    """Single cases for a reviewer, by id."""
    return {one.id: one for one in _reviewed(Q(id__in=list(case_ids)))}


def _reviewed(wanted: Q) -> list[Reviewed]:
    rows = permissions.open_to_the_hall().filter(wanted).order_by("registered_at", "id")
    found = [Reviewed(*row) for row in rows.values_list(*_COLUMNS)]
    lines = _lines([one.id for one in found])
    for one in found:
        one.lines = lines[one.id]
    return found


def _lines(case_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, UUID | None]]]:
    found: dict[UUID, list[tuple[str, UUID | None]]] = defaultdict(list)
    rows = CaseEvent.objects.filter(case_id__in=case_ids).order_by("case_id", "seq")
    for case_id, kind, post in rows.values_list("case_id", "kind", "actor_post"):
        found[case_id].append((kind, post))
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """All cases of a desk since a moment: registered = open + closed by outcome (C-75)."""

    first_at: datetime | None
    registered: int
    taken_over: int
    open: int
    closed: int
    outcomes: dict[str, int]

    @property
    def reconciled(self) -> bool:
        return self.registered == self.open + self.closed == self.open + sum(self.outcomes.values())


def tally(since: datetime | None) -> Tally:
    """Two queries. `taken_over` of the registered ones came by referral."""
    rows = permissions.open_to_the_hall()
    if since is not None:
        rows = rows.filter(registered_at__gte=since)
    counts = rows.aggregate(
        first_at=Min("registered_at"),
        registered=Count("id"),
        taken_over=Count("id", filter=Q(letter_in__isnull=False)),
        open=Count("id", filter=~Q(state=State.CLOSED)),
        closed=Count("id", filter=Q(state=State.CLOSED)),
    )
    ended = rows.filter(state=State.CLOSED).values_list("outcome").annotate(n=Count("id"))
    return Tally(**counts, outcomes=dict(ended.order_by("outcome")))
