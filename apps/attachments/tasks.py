"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.attachments.services import examining, fetching, sweeping
from apps.attachments.services.adding import SCAN
from apps.attachments.services.travelling import FETCH
from bancheng.kernel import poke

SCHEDULE = (
    (SCAN, 60.0, True),
    (FETCH, 30.0, True),
    ("attachments.sweep", 3_600.0, True),
)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def scan() -> None:
    """Examine what waits in quarantine."""
    examining.examine_waiting()


def fetch() -> None:
    """Fetch the files that other halls sent along with their letters."""
    fetching.fetch_coming()


def sweep() -> None:
    """Take off the disk what nobody names."""
    sweeping.sweep()
    sweeping.clear_taken()


shared_task(name=SCAN)(scan)
shared_task(name="attachments.sweep")(sweep)
shared_task(name=FETCH)(fetch)
poke.work(SCAN, scan)
poke.work(FETCH, fetch)
