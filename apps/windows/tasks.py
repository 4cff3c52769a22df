"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.windows import services
from bancheng.kernel import poke

SCHEDULE = (("windows.end_day", 900.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def end_day() -> None:
    """Close what was left open on an earlier day."""
    services.end_day()


shared_task(name="windows.end_day")(end_day)
poke.work("windows.end_day", end_day)
