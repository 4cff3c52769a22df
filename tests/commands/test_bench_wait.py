"""`bancheng bench wait` on invented snapshots small enough to work out by hand."""

import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from apps.windows.estimating import Stretch
from bancheng.config import cli
from bancheng.config.commands import bench_wait_methods as methods
from bancheng.config.commands import bench_wait_snapshots as snapshots
from bancheng.config.commands.bench_wait_snapshots import QueueDay, Reading
from bancheng.config.commands.bench_wait_truth import stretches, truth

HEADER = "hall,queue_id,ts,status,open_windows,waiting,current_no,aktualnyNumer,published_minutes"
OURS, SIMPLE = "estimate", "waiting × learned minutes ÷ windows"

Shown = tuple[int, int, int | None]
"""Minute, people waiting, current number."""


def test_every_target_holds_where_the_windows_halved_and_the_pace_did_not(folder: Path) -> None:
    _write(folder, "snapshots_a.csv", [_day(day, windows=2) for day in (2, 3, 7)])
    _write(folder, "snapshots_b.csv", [_day(13, windows=1)])

    assert cli.main(["bench", "wait", "--data", str(folder)]) == 0


def test_the_same_moments_are_judged_for_every_method(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder, "snapshots.csv", [_day(day, windows=2) for day in (2, 3, 7)] + [_day(13, 1)])

    cli.main(["bench", "wait", "--data", str(folder), "--json"])

    told = json.loads(capsys.readouterr().out)
    # 37 readings; four people are called in 20 minutes, so the last four never see theirs called
    assert {name: row["n"] for name, row in told["methods"].items()} == dict.fromkeys(
        [OURS, "published minutes", SIMPLE, "waiting × published minutes ÷ windows"], 33
    )
    assert told["left_out"] == {"never called that day": 4}
    # 4 waiting × 10 learned window-minutes ÷ 1 window = 40 minutes, and it takes 20
    assert told["methods"][SIMPLE]["median_error"] == 20.0
    assert told["methods"]["published minutes"]["median_error"] == 30.0
    assert told["methods"][OURS]["within_10"] == 1.0


def test_an_estimate_that_is_not_better_than_every_other_fails(folder: Path) -> None:
    _write(folder, "snapshots.csv", [_day(day, windows=1) for day in (2, 3, 7, 13)])

    assert cli.main(["bench", "wait", "--data", str(folder)]) == 1


def test_a_later_day_is_predicted_from_the_days_before_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder, "snapshots.csv", [_day(day, windows=2) for day in (2, 3, 7, 13, 14, 15)])
    order = ["bench", "wait", "--json", "--data", str(folder), "--from-day"]

    cli.main([*order, "2020-01-13"])
    three = json.loads(capsys.readouterr().out)
    cli.main([*order, "2020-01-15"])
    one = json.loads(capsys.readouterr().out)

    assert (three["methods"][OURS]["n"], one["methods"][OURS]["n"]) == (99, 33)


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda folder: folder.joinpath("queues_dim.csv").unlink(), "no *queues_dim.csv in"),
        (lambda _: None, "no *snapshots*.csv or *snapshots*.csv.xz in"),
        (lambda f: f.joinpath("snapshots.csv").write_text("hall,ts\n"), "lacks the columns"),
        (lambda f: f.joinpath("snapshots.csv.xz").write_bytes(b"no"), "cannot be read"),
        (lambda f: _write(f, "snapshots.csv", ["a,1,yesterday,1,1,1,1,A001,1"]), "a snapshot row"),
        (lambda f: _write(f, "snapshots.csv", [_day(13, 1)]), "too few waits before 2020-01-12"),
        (lambda f: _write(f, "snapshots.csv", [_day(2, 1)]), "no moment to judge on or after"),
    ],
)
def test_what_is_missing_is_named(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    prepare: Callable[[Path], object],
    told: str,
) -> None:
    prepare(folder)

    status = cli.main(["bench", "wait", "--data", str(folder)])

    assert (status, told in capsys.readouterr().err) == (2, True)


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bench", "wait", "--data", str(tmp_path / "away")]) == 2
    assert "away is not a folder" in capsys.readouterr().err


def test_packed_snapshots_are_read_and_numbers_of_other_queues_are_not_used(folder: Path) -> None:
    rows = [
        "h,1,2020-01-02 09:00,1,2,3,7,A007,10",
        "h,1,2020-01-02 09:05,1,2,3,12,B012,10",
        "h,1,2020-01-02 09:10,1,2,3,901,A901,10",
        "h,1,2020-01-02 09:15,1,2,3,0,,10",
    ]
    packed = lzma.compress("\n".join([HEADER, *rows]).encode())
    (folder / "snapshots.csv.xz").write_bytes(packed)

    days = snapshots.read(folder)

    readings = days[QueueDay("h", "1", date(2020, 1, 2))]
    assert [reading.number for reading in readings] == [7, None, None, None]
    assert [reading.foreign for reading in readings] == [False, True, True, False]


def test_the_newest_number_is_called_when_the_current_number_reaches_it() -> None:
    # at 540 number 10 is called and 3 wait: the newest is 13, between 12 (550) and 16 (554)
    series = _readings((540, 3, 10), (550, 1, 12), (554, 0, 16))

    between = truth(series, fewest=3)
    seen = truth(series, fewest=3, seen=True)

    assert [asked.minutes for asked in between.asked] == [11.0]
    assert [asked.minutes for asked in seen.asked] == [14.0]


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ([(540, 3, 10), (545, 2, 11)], "never called that day"),
        ([(540, 3, 10), (556, 0, 13)], "no readings around the call"),
        ([(540, 3, None), (545, 0, 13)], "no number shown"),
        ([(535, 2, 16), (540, 3, 10), (545, 0, 20)], "older number shown"),
    ],
)
def test_a_moment_whose_end_is_not_known_is_left_out(series: list[Shown], reason: str) -> None:
    found = truth(_readings(*series), fewest=3)

    assert (found.asked, dict(found.left_out)) == ([], {reason: 1})


def test_without_an_open_window_nobody_is_asked() -> None:
    found = truth(_readings((540, 3, 10), (545, 0, 13), windows=0), fewest=3)

    assert dict(found.left_out) == {"no window open": 1}


def test_what_is_shown_later_in_the_day_does_not_change_an_estimate(folder: Path) -> None:
    _write(folder, "snapshots.csv", [_day(day, windows=2) for day in (2, 3, 7)])
    days = snapshots.read(folder)
    learned = methods.learn(days, seen=False)
    assert learned is not None
    key, series = next(iter(days.items()))
    upto, asked = series[:20], series[19]
    rush = [replace(one, number=500 + place) for place, one in enumerate(series[20:])]

    as_it_was, with_a_rush = (
        methods.ours(learned, key, asked, stretches(shown)) for shown in (upto, upto + rush)
    )

    assert as_it_was == with_a_rush


def test_calls_are_counted_while_somebody_waits() -> None:
    series = _readings((540, 2, 10), (545, 0, 12), (550, 1, 14), (554, 1, 13), (580, 0, 15))

    found = stretches(series)

    # 545–550 nobody waited at first; 550–554 an older number came back; 554–580 is too long
    assert found == [Stretch(545, 5, 2, 2), Stretch(554, 4, 0, 2)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the letters of one queue and no snapshots yet."""
    (tmp_path / "queues_dim.csv").write_text("hall,queue_id,letter\nh,1,A\n")
    return tmp_path


def _write(folder: Path, name: str, days: Sequence[str]) -> None:
    (folder / name).write_text("\n".join([HEADER, *days]))


def _day(day: int, windows: int) -> str:
    """09:00 to 12:00: a number every five minutes, always four waiting, published 50 minutes."""
    rows = []
    for turn in range(37):
        at = f"2020-01-{day:02} {9 + turn // 12:02}:{turn % 12 * 5:02}"
        rows.append(f"h,1,{at},1,{windows},4,{turn + 1},A{turn + 1:03},50")
    return "\n".join(rows)


def _readings(*series: Shown, windows: int = 2) -> list[Reading]:
    return [
        Reading(minute, windows, waiting, number, foreign=False, published=10)
        for minute, waiting, number in series
    ]
