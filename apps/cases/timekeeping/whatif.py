"""Which running clocks would move if days, hours, years or limits were decided differently."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.cases import permissions
from apps.cases.models import Deadline
from apps.cases.timekeeping.reckoning import Moved, recount
from bancheng.city.calendar.queries import Timekeeping
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class WouldMove:
    """One clock of a case that the asker may see."""

    case_id: UUID
    number: str
    title: str
    moved: Moved


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`looked_at` clocks run; `total` of them would move, the most pressing are named."""

    looked_at: int
    total: int
    rows: tuple[WouldMove, ...]


def what_if(time: Timekeeping, by: Actor, *, on: date | None = None) -> WhatIf:
    """Count every visible running clock as if; nothing is written.

    `on` is the day from which the wanted decision holds.
    """
    permissions.require(by, "cases.read")
    rows = Deadline.objects.select_related("case").filter(
        ended="", case__in=permissions.visible_to(by)
    )
    found, looked_at, now = [], 0, clock.now()
    for row in rows.order_by("due_at", "id"):
        looked_at += 1
        moved = recount(row, row.case, time, now, on)
        if moved is not None:
            found.append(WouldMove(row.case_id, row.case.number, row.case.title, moved))
    return WhatIf(looked_at, len(found), tuple(found[:MOST_SHOWN]))
