"""Fill an empty database with the demo city: halls, people, scripted cases, the last weeks.

Older months are filled in later by `bancheng demo-history`, so that the site can be used at once.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context

from django.conf import settings
from django.db import connections
from rich.progress import Progress

from bancheng.city.identity import accounts
from bancheng.config.demo import (
    content,
    description,
    filing,
    history_command,
    morning,
    opening,
    overseeing,
    papering,
    times,
    welcoming,
)
from bancheng.config.demo.filling import Filler, play_cases
from bancheng.config.demo.inventing import Inventor
from bancheng.config.demo.playing import Stage, play
from bancheng.kernel import poke

RECENT_DAYS = 12
_SEED = 20261122


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--recent-days", type=int, default=RECENT_DAYS)


def run(given: argparse.Namespace) -> int:
    script = content.load()
    password = opening.new_password()
    with Progress(transient=True) as bar, poke.quiet():
        step = bar.add_task("opening halls", total=None)
        halls = opening.open_city(script)
        stored = accounts.hashed(password)
        for opened in halls.values():
            opening.furnish(opened, stored)
        now = times.timetable(script.shapes.demo_minute)
        stage = Stage(script, halls, now)
        filler = Filler(stage, Inventor(script, now, random.Random(_SEED)))
        morning.open_windows(stage)
        bar.update(step, description="numbers, visits, cases")
        with _beside(lambda: _play(filler, given.recent_days)):
            filler.queues_and_visits(1, given.recent_days, lambda: bar.advance(step))
            morning.serve(stage)
            welcoming.look(stage)
        overseeing.look(stage)
        filing.file_papers(stage)
        papering.issue_papers(stage)
        bar.update(step, description="figures")
        filler.fold(0, given.recent_days, lambda: bar.advance(step))
    history_command.begin(settings.DATA, given.recent_days)
    description.write(settings.DATA / "demo.json", script, halls, password)
    return 0


def _play(filler: Filler, oldest: int) -> None:
    """The scripted cases and receptions, and the background's."""
    script = filler.stage.content
    background = filler.background_cases(1, oldest) + filler.open_cases()
    play_cases(filler.stage, [*script.cases, *background], lambda: None)
    play(filler.stage.receptions(script.receptions))


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[None]:
    """Do `work` in a second process meanwhile: two cores, two halves of the seeding."""
    connections.close_all()
    second = get_context("fork").Process(target=work)
    second.start()
    try:
        yield
    finally:
        second.join()
    if second.exitcode:
        raise SystemExit(f"seeding the cases ended with status {second.exitcode}")
