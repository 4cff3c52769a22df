"""Fill in the demo's older months, newest first, a few weeks at a time.

Runs beside the living demo and may be stopped at any point: what is done is noted in the data
folder, a span that was cut short is left out rather than filled twice.
"""

import argparse
import json
import os
import random
from pathlib import Path

from django.conf import settings

from bancheng.config.demo import content, times
from bancheng.config.demo.filling import Filler, play_cases
from bancheng.config.demo.inventing import Inventor
from bancheng.config.demo.playing import Stage
from bancheng.config.demo.reopening import found_city
from bancheng.kernel import clock, poke

_FILE = "history.json"
_SPAN = 12
_YEAR = 248


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until", type=int, default=_YEAR, help="working days to go back")


def begin(folder: Path, filled: int) -> None:
    """Note that the newest `filled` working days are there."""
    _note(folder, clock.today().isoformat(), filled)


def run(given: argparse.Namespace) -> int:
    """Continue where the note says, until a year of working days is there, behind all else."""
    os.nice(10)
    script = content.load()
    note = json.loads((settings.DATA / _FILE).read_text())
    stage, inventor = _stage(script, note["day"])
    filler = Filler(stage, inventor)
    filled = int(note["filled"])
    while filled < given.until:
        span = min(_SPAN, given.until - filled)
        _note(settings.DATA, note["day"], filled + span)
        inventor.dice.seed(filled)
        _fill(filler, filled, filled + span)
        filled += span
        print(f"history: {filled} of {given.until} working days", flush=True)
    return 0


def _stage(script: content.DemoContent, day: str) -> tuple[Stage, Inventor]:
    """The days are counted from the day of seeding, not from the day of going on."""
    seeded = times.midday(day)
    table = times.timetable(script.shapes.demo_minute, seeded)
    dice = random.Random()
    return Stage(script, found_city(script), table), Inventor(script, table, dice)


def _fill(filler: Filler, newest: int, oldest: int) -> None:
    with poke.quiet():
        filler.queues_and_visits(newest, oldest, _nothing)
        play_cases(filler.stage, filler.background_cases(newest, oldest), _nothing)
        filler.fold(newest, oldest, _nothing)


def _nothing() -> None:
    """Progress is printed by the span."""


def _note(folder: Path, day: str, filled: int) -> None:
    draft = folder / f"{_FILE}.{os.getpid()}"
    draft.write_text(json.dumps({"day": day, "filled": filled}))
    draft.replace(folder / _FILE)
