"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from bancheng.city.imports import runs

SCHEDULE = (("setup.forget_imports", 3600.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


@shared_task(name="setup.forget_imports")
def forget_imports() -> None:
    """Let go of sheets that are over, and of passwords that nobody fetched within a day."""
    runs.forget()
