"""Jobs that find their own work, hall by hall. Late, twice or side by side they end the same."""

from datetime import timedelta

from celery import shared_task

from apps.oversight.services import quality, standstills, sweeping
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM

SCHEDULE = (
    ("oversight.sweep", 60.0, True),
    ("oversight.standstills", 300.0, True),
    ("oversight.quality", 86_400.0, True),
)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def sweep() -> None:
    """Light the cards that are due."""
    sweeping.sweep()


def scan_standstills() -> None:
    """Find cases that nothing happens to."""
    standstills.scan()


def look_for_formalism() -> None:
    """Look through what was closed, and draw last month's sample of replies."""
    quality.look(by=SYSTEM)
    quality.draw(month=clock.today().replace(day=1) - timedelta(days=1), by=SYSTEM)


shared_task(name="oversight.sweep")(sweep)
shared_task(name="oversight.standstills")(scan_standstills)
shared_task(name="oversight.quality")(look_for_formalism)
