"""What lies under many cases, for a ledger: help, task forces, filings, meetings. Two queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.work import permissions
from apps.work.meeting_queries import number_of
from apps.work.models import WorkItem
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

KINDS = ("assist", "task_force", "resolution", "filing", "gov_escalation")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work as a ledger names it."""

    kind: str
    state: str
    title: str
    number: str
    post_name: str
    opened_at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A joint meeting that had the case on its agenda."""

    number: str
    state: str
    on: date | None


def pieces(case_ids: Collection[UUID], by: Actor) -> dict[UUID, list[Piece]]:
    """By case: the pieces of work of these kinds that the reader may see, the oldest first."""
    rows = permissions.visible_to(by).filter(case_id__in=list(case_ids), kind__in=KINDS)
    found: dict[UUID, list[Piece]] = defaultdict(list)
    for item in rows.order_by("case_id", "seq"):
        found[item.case_id].append(_piece(item))
    return found


def _piece(item: WorkItem) -> Piece:
    number = f"〔{item.year}〕{item.number}号" if item.number else ""
    return Piece(
        item.kind, item.state, item.title, number, item.post_name, item.opened_at, item.data
    )


def sittings(case_ids: Collection[UUID], by: Actor) -> dict[UUID, list[Sitting]]:
    """By case: its joint meetings that the reader may know of, the oldest first."""
    rows = permissions.meetings_seen(by).filter(case_ids__overlap=list(case_ids))
    found: dict[UUID, list[Sitting]] = defaultdict(list)
    for meeting in rows.order_by("proposed_at", "id"):
        at = meeting.held_at or meeting.planned_at
        on = clock.day_of(at) if at else None
        for case_id in meeting.case_ids:
            found[case_id].append(Sitting(number_of(meeting), meeting.state, on))
    return found
