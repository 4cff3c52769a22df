"""Feed a recorded day of queues through the real services in the scratch network `replay`, and
read its figures back from what was stored.

Rows that cannot have happened are named with their line and a reason, and left out. A file that
was replayed before changes nothing. Exit status 0: replayed, rejects or not; 1: stopped, or the
city's facts disagree with the stored tickets; 2: the file cannot be used.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from apps.windows import services as windows
from bancheng.city.rollups import services as rollups
from bancheng.config.replay import feeding, halls, planning, reading, reporting
from bancheng.config.replay.feeding import Feeder
from bancheng.config.replay.halls import Place
from bancheng.config.replay.planning import Plan
from bancheng.config.replay.reading import Recorded, Reject, Unusable
from bancheng.kernel import clock
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import hall

_MOST_WINDOWS = 99


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tickets", type=Path, required=True, help=f"CSV with {','.join(reading.COLUMNS)}"
    )
    parser.add_argument("--day", type=date.fromisoformat, help="default: that of most rows")
    parser.add_argument("--speed", type=_speed, help="60 is an hour a minute; default: no waiting")
    parser.add_argument(
        "--windows", type=_windows, default=0, help="windows staffed in every queue at least"
    )
    parser.add_argument("--report", type=Path, help="folder for the figures as CSV")


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("a factor above 0")
    return speed


def _windows(text: str) -> int:
    count = int(text)
    if not 0 <= count <= _MOST_WINDOWS:
        raise argparse.ArgumentTypeError(f"0 to {_MOST_WINDOWS}")
    return count


def run(given: argparse.Namespace) -> int:
    try:
        if given.report:
            given.report.mkdir(parents=True, exist_ok=True)
        with given.tickets.open(encoding="utf-8-sig", newline="") as file:
            recorded = reading.read(file, given.day)
    except (OSError, UnicodeDecodeError, Unusable) as error:
        print(f"replay.unusable: {error}", file=sys.stderr)
        return 2
    try:
        return _replay(recorded, given)
    except Refusal as refusal:
        print(f"{refusal.code} {refusal.params}", file=sys.stderr)
        return 1


def _replay(recorded: Recorded, given: argparse.Namespace) -> int:
    places, made = halls.open_places(recorded.rows)
    print(f"{recorded.day}: {len(recorded.rows)} rows that can have happened; {made} halls opened")
    with ExitStack() as held:
        for place in places.values():
            with hall(place.ref):
                if not held.enter_context(windows.days_held()):
                    print(f"replay.busy: {place.ref.slug} is being replayed", file=sys.stderr)
                    return 1
        return _replay_in(places, recorded, given)


def _replay_in(places: Mapping[str, Place], recorded: Recorded, given: argparse.Namespace) -> int:
    known = feeding.stored(places, recorded.day)
    rows, differing = feeding.agreeing(recorded.rows, known)
    rejects = sorted(recorded.rejects + differing, key=lambda one: one.line)
    _tell_rejects(rejects, given.report)
    plan = planning.plan(rows, given.windows)
    halls.add_windows(places, plan.windows)
    feeder = Feeder(places, known, given.speed)
    _feed(feeder, plan)
    print(f"{len(rows)} rows replayed, {len(rejects)} rejected")
    return _figures(places, recorded.day, given.report)


def _tell_rejects(rejects: Iterable[Reject], folder: Path | None) -> None:
    for one in rejects:
        print(f"line {one.line}: replay.{one.reason}", file=sys.stderr)
    if folder:
        reporting.write_rejects(folder, rejects)


def _feed(feeder: Feeder, plan: Plan) -> None:
    """Feed the plan, with a bar where somebody looks on, and tell how fast it went."""
    shown = Console(stderr=True)
    begun = time.monotonic()
    with Progress(console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task("events", total=len(plan.events))
        feeder.feed(plan, lambda: bar.advance(task))
    seconds = time.monotonic() - begun
    rate = feeder.acts / seconds if seconds else 0.0
    print(f"{feeder.acts} acts in {seconds:.1f} s, {rate:.0f} a second")
    if feeder.speed:
        print(f"never more than {feeder.behind:.1f} s behind")


def _figures(places: Mapping[str, Place], day: date, folder: Path | None) -> int:
    """Fold the day into the city's facts, compare, and write the report."""
    latest = max(clock.now(), reporting.end_of(day))
    with clock.frozen(latest):
        folded = rollups.fold_all([(place.ref.id, day) for place in places.values()])
        found = reporting.collect(places, day)
        wrong = reporting.differences(places, found, day) if folded == len(places) else []
    if folder:
        reporting.write(folder, found, day)
    if folded < len(places):
        print(f"replay.not_folded: {len(places) - folded} halls", file=sys.stderr)
    for text in wrong:
        print(f"replay.facts_differ: {text}", file=sys.stderr)
    return 1 if wrong or folded < len(places) else 0
