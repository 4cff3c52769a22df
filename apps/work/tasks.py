"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.work.services import sweeping

SCHEDULE = (("work.sweep", 60.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def sweep() -> None:
    """Record what did not come in time; remind of what soon has to."""
    sweeping.sweep()


shared_task(name="work.sweep")(sweep)
