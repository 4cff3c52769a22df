"""Jobs that find their own work, hall by hall."""

from celery import shared_task

from apps.cases.services import letters_applied, pausing, recounting, wording
from bancheng.kernel import poke

SCHEDULE = (
    ("exchange.sweep", 20.0, True),
    ("cases.clocks", 60.0, True),
    ("cases.wording", 60.0, True),
)
"""Task name, seconds between runs, and whether it runs once in every hall."""
_AT_ONCE = 4_000


def sweep_letters() -> None:
    """Apply what other halls answered and a lost poke left behind."""
    letters_applied.apply_all()


def tend_clocks() -> None:
    """Let clocks run on whose pause is over; count again what was counted by another calendar."""
    pausing.resume_due()
    recounting.recount_all()


def write_words() -> None:
    """Make cases findable that a release before the search left behind."""
    wording.catch_up(_AT_ONCE)


shared_task(name="exchange.sweep")(sweep_letters)
shared_task(name="cases.clocks")(tend_clocks)
shared_task(name="cases.wording")(write_words)
poke.work("exchange.sweep", sweep_letters)
