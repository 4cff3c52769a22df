"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.cases.services import letters_applied
from bancheng.kernel import poke

SCHEDULE = (("exchange.sweep", 20.0, True),)
"""Task name, seconds between runs, and whether it runs once in every hall."""


def sweep_letters() -> None:
    """Apply what other halls answered and a lost poke left behind."""
    letters_applied.apply_all()


shared_task(name="exchange.sweep")(sweep_letters)
poke.work("exchange.sweep", sweep_letters)
