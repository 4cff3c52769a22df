"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.attachments.services import examining, sweeping
from apps.attachments.services.adding import SCAN
from bancheng.kernel import poke

SCHEDULE = ((SCAN, 60.0, True), ("attachments.sweep", 3_600.0, True))
"""Task name, seconds between runs, and whether it runs once in every hall."""


def scan() -> None:
    """Examine what waits in quarantine."""
    examining.examine_waiting()


def sweep() -> None:
    """Take off the disk what nobody names."""
    sweeping.sweep()


shared_task(name=SCAN)(scan)
shared_task(name="attachments.sweep")(sweep)
poke.work(SCAN, scan)
