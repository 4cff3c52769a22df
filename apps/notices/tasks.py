"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.notices import services

SCHEDULE = (("notices.forget", 21_600.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def forget() -> None:
    """Let go of old notices."""
    services.forget()


shared_task(name="notices.forget")(forget)
