"""Many cases read whole for a ledger: their rows, people, history, promise and links in batches.

Frozen values cross to the app above, which never touches a case's tables. What a batch costs does
not depend on how many cases are in it: one query for each part that is wanted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.cases import permissions
from apps.cases.models import Applicant, Case, CaseEvent, CaseLink, Deadline, Reception
from apps.cases.rules import Stage
from apps.cases.services.applicants import COLUMNS, opened
from bancheng.kernel.actor import Actor

HISTORY, PROMISE, LINKS = "history", "promise", "links"
PARTS = frozenset({HISTORY, PROMISE, LINKS})
Row = Case
Person = Applicant
Visit = Reception


@dataclass(frozen=True, slots=True)
class Line:
    """A line of history that a ledger reads."""

    kind: str
    at: datetime
    actor: str
    after: str
    note: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """The newest clock of the promise to the citizen."""

    due_at: datetime
    due_on: date
    category: str
    basis: str
    ended: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """One case with the parts that were asked for; `known` says whether the reader may know who
    asked (a confidential person stays unknown to departments, domain.md §4.1)."""

    case: Row
    person: Person
    visit: Visit | None
    known: bool
    lines: Sequence[Line] = ()
    promise: Promise | None = None
    links: Sequence[tuple[str, str]] = ()
    plain: Mapping[str, str] = field(default_factory=dict)

    def last(self, *kinds: str) -> Line | None:
        """The newest line of one of these kinds."""
        return next((line for line in reversed(self.lines) if line.kind in kinds), None)

    def all_of(self, *kinds: str) -> list[Line]:
        """Every line of these kinds, the oldest first."""
        return [line for line in self.lines if line.kind in kinds]


def of_ids(
    case_ids: Sequence[UUID],
    by: Actor,
    *,
    parts: Collection[str] = PARTS,
    kinds: Collection[str] = (),
    plain: bool = False,
) -> list[Record]:
    """The visible ones of these cases in the order given. `kinds` narrows the history.

    `plain` opens who asked; the caller has what it takes (two persons' word, security.md §4.2) and
    has put it on the record. Sealed files are never among them.
    """
    rows = permissions.visible_to(by).select_related("applicant", "reception")
    found = {case.id: case for case in rows.filter(id__in=case_ids).order_by("id")}
    history = _history(found, kinds) if HISTORY in parts else {}
    promises = _promises(found) if PROMISE in parts else {}
    links = _links(found, by) if LINKS in parts else {}
    return [
        _record(found[one], by, history, promises, links, plain=plain)
        for one in case_ids
        if one in found
    ]


def said_since_closing(rows: QuerySet[Row, Row], kind: str, *, yes: bool) -> QuerySet[Row, Row]:
    """Those of the closed cases with (or without) a line of this kind since they closed last."""
    line = CaseEvent.objects.filter(
        case_id=OuterRef("id"), kind=kind, at__gte=OuterRef("closed_at")
    )
    return rows.filter(Exists(line) if yes else ~Exists(line), closed_at__isnull=False)


def _record(
    case: Case,
    by: Actor,
    history: Mapping[UUID, list[Line]],
    promises: Mapping[UUID, Promise],
    links: Mapping[UUID, list[tuple[str, str]]],
    *,
    plain: bool,
) -> Record:
    known = permissions.sees_identity(by, case)
    return Record(
        case=case,
        person=case.applicant,
        visit=case.reception,
        known=known,
        lines=history.get(case.id, ()),
        promise=promises.get(case.id),
        links=links.get(case.id, ()),
        plain=_opened(case.applicant) if plain and known else {},
    )


def _opened(person: Applicant) -> dict[str, str]:
    """Every sealed value that is there."""
    return {
        name: opened(person, column)
        for name, column in COLUMNS.items()
        if getattr(person, f"{column}_sealed") is not None
    }


def _history(case_ids: Iterable[UUID], kinds: Collection[str]) -> dict[UUID, list[Line]]:
    rows = CaseEvent.objects.filter(case_id__in=list(case_ids))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    found: dict[UUID, list[Line]] = defaultdict(list)
    wanted = ("case_id", "kind", "at", "actor_name", "after", "note", "data")
    for case_id, *line in rows.order_by("case_id", "seq").values_list(*wanted):
        found[case_id].append(Line(*line))
    return found


def _promises(case_ids: Iterable[UUID]) -> dict[UUID, Promise]:
    rows = Deadline.objects.filter(case_id__in=list(case_ids), stage=Stage.RESOLVE, item=None)
    wanted = ("case_id", "due_at", "due_on", "category", "policy_basis", "ended", "done_at")
    kept = rows.exclude(ended="dropped").order_by("started_at", "id").values_list(*wanted)
    return {case_id: Promise(*clock) for case_id, *clock in kept}


def _links(case_ids: Mapping[UUID, Case], by: Actor) -> dict[UUID, list[tuple[str, str]]]:
    """By case: the kind of each open link and the other's number, where the reader may see it."""
    ids = list(case_ids)
    rows = CaseLink.objects.filter(Q(case_id__in=ids) | Q(other_id__in=ids), ended_at=None)
    pairs = list(rows.order_by("at", "id").values_list("case_id", "other_id", "kind"))
    if not pairs:
        return {}
    ends = {end for pair in pairs for end in pair[:2]}
    seen = permissions.visible_to(by).filter(id__in=ends)
    numbers = dict(seen.order_by("id").values_list("id", "number"))
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for one, other, kind in pairs:
        for here, there in ((one, other), (other, one)):
            if here in case_ids and there in numbers:
                found[here].append((kind, numbers[there]))
    return found
