"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.windows import services
from bancheng.kernel import poke

SCHEDULE = (
    ("windows.end_day", 900.0, True),
    ("windows.look", 60.0, True),
    ("windows.forget_persons", 43_200.0, True),
)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def end_day() -> None:
    """Close what was left open on an earlier day; note who did not come to an appointment."""
    services.end_day()
    services.note_no_shows()


def look() -> None:
    """Compare the queues with the hall's thresholds."""
    services.look_at_queues()


def forget_persons() -> None:
    """Let go of who somebody was, once the days of keeping are over."""
    services.forget_persons()


shared_task(name="windows.end_day")(end_day)
shared_task(name="windows.look")(look)
shared_task(name="windows.forget_persons")(forget_persons)
poke.work("windows.end_day", end_day)
