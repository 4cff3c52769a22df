"""Measure the wait estimate against what really happened in recorded queues.

Learns from the days before --from-day and predicts that day and all later ones, at every moment
with at least three people waiting. Exit status 0: every target holds; 1: one does not; 2: the
data cannot be used. docs/wait-estimate.md explains the method.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from bancheng.config.commands import bench_wait_methods as methods
from bancheng.config.commands import bench_wait_snapshots as snapshots
from bancheng.config.commands.bench_wait_methods import Learned
from bancheng.config.commands.bench_wait_snapshots import Days, Unusable
from bancheng.config.commands.bench_wait_truth import stretches, truth

OURS = "estimate"
FEWEST_WAITING = 3
NEAR_MINUTES = 10
MOST_MEDIAN_ERROR = 7.0
LEAST_NEAR = 0.6


@dataclass(slots=True)
class Measured:
    """Errors in minutes by method at the same moments, and what was not judged."""

    errors: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    inside: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Score:
    """Absolute errors in minutes: their number, median, share up to ten and 90th percentile."""

    n: int
    median_error: float
    near: float
    p90: float


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of queue snapshots")
    parser.add_argument("--from-day", type=date.fromisoformat, default=date(2020, 1, 12))
    parser.add_argument(
        "--call-time",
        choices=("between", "seen"),
        default="between",
        help="a call between two readings: spread evenly, or at the reading that first shows it",
    )
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")


def run(given: argparse.Namespace) -> int:
    try:
        days = snapshots.read(given.data)
        earlier = {key: rows for key, rows in days.items() if key.day < given.from_day}
        later = {key: rows for key, rows in days.items() if key.day >= given.from_day}
        seen = given.call_time == "seen"
        learned = methods.learn(earlier, seen=seen)
        if learned is None:
            raise Unusable(f"too few waits before {given.from_day} to learn from")
        measured = measure(learned, later, seen=seen)
        if not measured.errors:
            raise Unusable(f"no moment to judge on or after {given.from_day}")
    except Unusable as unusable:
        print(f"bench.no_data: {unusable}", file=sys.stderr)
        return 2
    scores = {name: score(errors) for name, errors in measured.errors.items()}
    holds = targets(scores)
    covered = measured.inside / scores[OURS].n
    told = _as_json if given.json else _as_table
    print(told(scores, holds, covered, measured.left_out))
    return 0 if all(holds.values()) else 1


def measure(learned: Learned, days: Days, *, seen: bool) -> Measured:
    """Ask every method at the same moments; the day so far is known, what follows is not."""
    found = Measured()
    for key, readings in days.items():
        judged = truth(readings, fewest=FEWEST_WAITING, seen=seen)
        found.left_out += judged.left_out
        flows = stretches(readings) if judged.asked else []
        for asked in judged.asked:
            today = [stretch for stretch in flows if stretch.ends <= asked.at.minute]
            estimate = methods.ours(learned, key, asked.at, today)
            if estimate is None:
                found.left_out["hall without earlier days"] += 1
                continue
            found.inside += estimate.low <= asked.minutes <= estimate.high
            found.errors[OURS].append(abs(estimate.likely - asked.minutes))
            for name, minutes in methods.others(learned, key, asked.at).items():
                found.errors[name].append(abs(minutes - asked.minutes))
    return found


def score(errors: Sequence[float]) -> Score:
    """Errors of one method, at least one."""
    ordered = sorted(errors)
    near = sum(error <= NEAR_MINUTES for error in ordered) / len(ordered)
    return Score(len(ordered), median(ordered), near, ordered[int(0.9 * (len(ordered) - 1))])


def targets(scores: dict[str, Score]) -> dict[str, bool]:
    """Which targets the estimate holds."""
    ours = scores[OURS]
    others = [other for name, other in scores.items() if name != OURS]
    return {
        f"median error ≤ {MOST_MEDIAN_ERROR:g} min": ours.median_error <= MOST_MEDIAN_ERROR,
        f"share within {NEAR_MINUTES} min ≥ {LEAST_NEAR:.0%}": ours.near >= LEAST_NEAR,
        "median error below every other": all(
            ours.median_error < other.median_error for other in others
        ),
        "share within 10 min above every other": all(ours.near > other.near for other in others),
    }


def _as_table(
    scores: dict[str, Score], holds: dict[str, bool], covered: float, left_out: Counter[str]
) -> str:
    lines = [f"{'method':38} {'n':>6} {'median error':>13} {'≤ 10 min':>9} {'p90':>7}"]
    lines += [
        f"{name:38} {row.n:6} {row.median_error:9.1f} min {row.near:9.1%} {row.p90:7.1f}"
        for name, row in scores.items()
    ]
    lines.append(f"\nactual wait between low and high: {covered:.1%}")
    lines.append(f"moments left out: {sum(left_out.values())}")
    lines += [f"  {count:6}  {reason}" for reason, count in left_out.most_common()]
    lines.append("")
    lines += [f"{'holds' if held else 'FAILS'}  {name}" for name, held in holds.items()]
    return "\n".join(lines)


def _as_json(
    scores: dict[str, Score], holds: dict[str, bool], covered: float, left_out: Counter[str]
) -> str:
    told = {
        "methods": {
            name: {
                "n": row.n,
                "median_error": round(row.median_error, 2),
                "within_10": round(row.near, 4),
                "p90": round(row.p90, 2),
            }
            for name, row in scores.items()
        },
        "covered": round(covered, 4),
        "left_out": dict(left_out),
        "targets": holds,
    }
    return json.dumps(told, ensure_ascii=False)
