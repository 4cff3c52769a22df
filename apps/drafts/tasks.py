"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.drafts.services import keeping, remembering

SCHEDULE = (("drafts.forget", 3_600.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def forget() -> None:
    """Let go of old drafts, and of steps that nobody can take back any more."""
    keeping.forget()
    remembering.forget()


shared_task(name="drafts.forget")(forget)
