"""Keep the demo city alive: people arrive, windows call, cases move, until it is stopped.

Ordinary windows only: the “办不成事” windows and the scripted cases are left to whoever looks at
the demo. Everything goes through the same services as a person's click.
"""

import argparse
import logging
import random
import time

from bancheng.config.demo import content, times
from bancheng.config.demo.inventing import Inventor
from bancheng.config.demo.living import Counter, Desk
from bancheng.config.demo.playing import Stage
from bancheng.config.demo.reopening import found_city

log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pace", type=float, default=2.0, help="seconds between two looks")
    parser.add_argument("--rounds", type=int, default=0, help="stop after so many looks")


def run(given: argparse.Namespace) -> int:
    """Look round the city again and again; an act that is refused is left out."""
    dice = random.Random()
    script = content.load()
    halls = found_city(script)
    table = times.timetable(script.shapes.demo_minute)
    stage = Stage(script, halls, table)
    counters = [Counter(opened, dice) for opened in halls.values()]
    desk = Desk(stage, Inventor(script, table, dice), dice)
    rounds = 0
    while not given.rounds or rounds < given.rounds:
        rounds += 1
        for counter in dice.sample(counters, k=max(1, len(counters) // 3)):
            counter.look()
        if rounds % 8 == 1:
            desk.look()
        if given.pace:
            time.sleep(given.pace)
    return 0
