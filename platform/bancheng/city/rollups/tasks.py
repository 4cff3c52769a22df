"""Jobs that keep the facts true. Late, twice or side by side, they end in the same rows."""

from collections.abc import Iterator

from celery import shared_task
from django.db import connection

from bancheng.city.rollups import services
from bancheng.kernel import clock, poke
from bancheng.kernel.hall import HallRef, hall
from tenants import directory

SCHEDULE = (
    ("rollups.fold", 2.0, False),
    ("rollups.heal", 600.0, False),
    ("rollups.recompute", 3_600.0, False),
)
"""Task name, seconds between runs, and whether it runs once in every hall: these look round
themselves, because networks are added up after their halls."""


def fold_marked() -> None:
    """Fold the days that were marked."""
    services.fold_marked()


def heal() -> None:
    """Fold what a lost mark left behind."""
    services.everywhere(_halls(), services.heal)


def recompute() -> None:
    """Fold the open days afresh, every hall once a day, a share of them each hour.

    All at once would be 35 days of 320 halls: two minutes of one core.
    """
    hour = clock.now().astimezone(clock.ZONE).hour
    services.everywhere((ref for ref in _halls() if turn(ref) == hour), services.recompute)


def turn(ref: HallRef) -> int:
    """The hour of the day at which a hall is recomputed."""
    return ref.id.int % 24


def _halls() -> Iterator[HallRef]:
    with hall(None), connection.cursor() as cursor:
        cursor.execute("SELECT schema_name FROM hall_schemas()")
        names = [row[0] for row in cursor.fetchall()]
    yield from map(directory.by_schema, names)


shared_task(name="rollups.fold")(fold_marked)
shared_task(name="rollups.heal")(heal)
shared_task(name="rollups.recompute")(recompute)
poke.work("rollups.fold", fold_marked)
