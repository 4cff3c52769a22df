"""How many files about conduct a city has: by month, district and kind, and nothing finer.

A cell below the smallest that may be told is not told, nor is any sum that holds it: what is shown
adds up to what is shown. The month that still runs is not told at all, so that nobody learns by
asking before and after.
"""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from bancheng.city.rollups.models import ConductTally
from bancheng.kernel import clock
from bancheng.kernel.hall import Level, here


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` is None where it is too small to be told."""

    month: date
    district: str
    category: str
    count: int | None


def tally(category: str) -> None:
    """Count one file of the current hall, in the caller's transaction."""
    mine = here()
    one = ConductTally(
        id=uuid.uuid4(),
        network_id=mine.network_id,
        hall_id=mine.id,
        hall_role=mine.role,
        month=clock.today().replace(day=1),
        category=category,
    )
    ConductTally.objects.bulk_create([one])


def cells(smallest: int) -> list[Cell]:
    """Every month that is over, newest first; empty for any hall but the city's."""
    districts = _districts()
    rows = ConductTally.objects.filter(month__lt=clock.today().replace(day=1))
    found = Counter(
        (month, districts.get(hall, ""), category)
        for month, hall, category in rows.values_list("month", "hall_id", "category")
    )
    ordered = sorted(found.items(), key=lambda one: (-one[0][0].toordinal(), *one[0][1:]))
    return [Cell(*place, count if count >= smallest else None) for place, count in ordered]


def _districts() -> Mapping[UUID, str]:
    """For each hall of the network the name of its district; the city's own by its own name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parent_id, level, name FROM tenants_hall")
        halls = {row[0]: row for row in cursor.fetchall()}
    found = {}
    for ident, (_, parent, level, name) in halls.items():
        at = parent
        while level == Level.STREET and at in halls:
            _, at, level, name = halls[at]
        found[ident] = name
    return found
