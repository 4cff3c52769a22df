"""Who was guided before coming to a window, and who was not (C-22, M-20)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from apps.windows.models import Guidance, Ticket
from apps.windows.rules import GuidanceKind, TicketState
from bancheng.kernel import clock

DONE = "done"
Group = dict[bytes, bool]


@dataclass(frozen=True, slots=True)
class People:
    """How many, how many of them came to the desk, how many were done at the first visit."""

    people: int
    stuck: int
    first_pass: int


def of_ticket(ticket_id: UUID) -> list[UUID]:
    """What was recorded with a number."""
    return list(Guidance.objects.filter(ticket=ticket_id).values_list("id", flat=True))


def groups(first: date, last: date) -> dict[str, tuple[Group, Group]]:
    """By service item: guided and unguided people, each with “done at the first visit”."""
    guided_at = _guided(first, last)
    visits = _first_visits(first, last)
    found: dict[str, tuple[Group, Group]] = defaultdict(lambda: ({}, {}))
    for (item, key), at in guided_at.items():
        visit = visits.get((item, key))
        found[item][0][key] = bool(visit and visit[1] and visit[0] >= at)
    for (item, key), (_, done) in visits.items():
        if (item, key) not in guided_at:
            found[item][1][key] = done
    return dict(found)


def _guided(first: date, last: date) -> dict[tuple[str, bytes], datetime]:
    """When somebody was first guided for an item."""
    start = datetime.combine(first, time.min, clock.ZONE)
    end = datetime.combine(last, time.min, clock.ZONE) + timedelta(days=1)
    rows = (
        Guidance.objects.filter(
            kind=GuidanceKind.GUIDANCE, at__gte=start, at__lt=end, person_key__isnull=False
        )
        .exclude(item_code="")
        .order_by("-at", "-id")
    )
    found = rows.values_list("item_code", "person_key", "at")
    return {(item, bytes(key or b"")): at for item, key, at in found}


def _first_visits(first: date, last: date) -> dict[tuple[str, bytes], tuple[datetime, bool]]:
    """The first visit of each person for each item, and whether the matter was done."""
    visits: dict[tuple[str, bytes], tuple[datetime, bool]] = {}
    rows = Ticket.objects.filter(
        day__gte=first, day__lte=last, person_key__isnull=False, state=TicketState.FINISHED
    ).order_by("taken_at", "id")
    for key, taken, matters in rows.values_list("person_key", "taken_at", "matters"):
        for matter in matters:
            if matter["item_code"]:
                name = (matter["item_code"], bytes(key or b""))
                visits.setdefault(name, (taken, matter["outcome"] == DONE))
    return visits
