"""Patterns in open cases that may mean collusion (C-71): one agent, again and again, at one place.

Agents are told apart by keyed hashes; nobody's number is opened for it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from apps.cases import permissions, queries
from apps.cases.models import Applicant
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

_MOST = 50


@dataclass(frozen=True, slots=True)
class Pattern:
    """`place` is "clerk" or "window"; the agent shows as a mask."""

    place: str
    id: UUID
    name: str
    agent_masked: str
    cases: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class _Met:
    agent: bytes
    mask: str
    places: tuple[tuple[str, UUID | None, str], ...]
    case: dict[str, object]


def agents_met_often(*, since: datetime, least: int, by: Actor) -> list[Pattern]:
    """Agents with at least `least` cases at the same clerk or window, most cases first.

    Nothing about the asker's own cases.
    """
    found: dict[tuple[bytes, str, UUID], list[_Met]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for met in _met(since):
        for place, ident, name in met.places:
            if ident is not None and ident != by.post_id:
                found[met.agent, place, ident].append(met)
                names[ident] = name
    patterns = [
        Pattern(place, ident, names[ident], mets[-1].mask, [met.case for met in mets])
        for (_, place, ident), mets in found.items()
        if len(mets) >= least
    ]
    return sorted(patterns, key=lambda one: (-len(one.cases), one.place, one.name))[:_MOST]


def _met(since: datetime) -> Iterable[_Met]:
    """Who spoke for somebody, where, in the open cases registered since."""
    spoke = Q(agent_phone_index__isnull=False) | Q(relation="agent", phone_index__isnull=False)
    rows = Applicant.objects.filter(spoke, case__registered_at__gte=since).order_by(
        "case__registered_at", "case_id"
    )
    columns = (
        "agent_phone_index",
        "phone_index",
        "agent_phone_mask",
        "phone_mask",
        "case_id",
        "case__number",
        "case__first_responder_post",
        "case__first_responder_name",
        "case__reception__window_id",
        "case__reception__window_name",
    )
    for agent, own, agent_mask, mask, case_id, number, *places in rows.values_list(*columns):
        clerk, clerk_name, window, window_name = places
        yield _Met(
            bytes(agent or own),
            agent_mask or mask,
            (("clerk", clerk, clerk_name), ("window", window, window_name or "")),
            {"id": case_id, "number": number},
        )


def worth_watching(by: Actor) -> dict[str, list[dict[str, object]]]:
    """What an observer looks for first: refusals, matters sent back and forth, broken promises."""
    seen = permissions.visible_to(by)
    wanted = {
        "refusals": seen.filter(refusal__isnull=False),
        "bounces": seen.filter(return_count__gte=2),
        "overdue": seen.filter(due_at__lt=clock.now()),
    }
    return {
        name: queries.summaries(
            list(rows.order_by(*queries.ORDER).values(*queries.COLUMNS)[:_MOST]), by
        )
        for name, rows in wanted.items()
    }
