"""Which window takes whom, and in which order things of one instant are done."""

from datetime import datetime, timedelta

import pytest

from bancheng.config.replay import figures, halls, planning
from bancheng.config.replay.planning import Act
from bancheng.config.replay.reading import Row
from bancheng.kernel import clock

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=clock.ZONE)


def row(line: int, taken: int, called: int, finished: int | None) -> Row:
    """Times in minutes after nine."""
    at = [NINE + timedelta(minutes=m) if m is not None else None for m in (taken, called, finished)]
    assert at[0] is not None
    assert at[1] is not None
    return Row(line, "h", "A", f"A{line:03}", at[0], at[1], at[2], ())


def test_a_call_goes_to_the_lowest_window_that_is_free() -> None:
    rows = [row(1, 0, 0, 10), row(2, 0, 5, 20), row(3, 0, 10, 15), row(4, 0, 12, None)]

    made = planning.plan([*rows, row(5, 0, 12, 13)])

    calls = [(e.line, e.place) for e in made.events if e.act is Act.CALL]
    # 4 is called at 12 and nobody comes: its window is free at once, for 5
    assert calls == [(1, 1), (2, 2), (3, 1), (4, 3), (5, 3)]
    assert made.windows == {("h", "A"): 3}


def test_at_one_instant_windows_become_free_first_and_are_closed_last() -> None:
    made = planning.plan([row(1, 0, 0, 10), row(2, 10, 10, 10)])

    assert [(e.act.name, e.line) for e in made.events] == [
        ("TAKE", 1),
        ("OPEN", 0),
        ("CALL", 1),
        ("FINISH", 1),
        ("TAKE", 2),
        ("CALL", 2),
        ("CLOSE", 0),
    ]


@pytest.mark.parametrize(
    ("waits", "rank", "linear"),
    [
        (list(range(1, 11)), 9, 9.1),  # ⌈9⌉ = 9th of ten; place 8.1
        (list(range(1, 12)), 10, 10.0),  # ⌈9.9⌉ = 10th of eleven; place 9
        ([5], 5, 5.0),
        ([10, 20], 20, 19.0),  # ⌈1.8⌉ = 2nd; place 0.9
    ],
)
def test_p90_by_rank_and_between_ranks(waits: list[int], rank: int, linear: float) -> None:
    assert figures.nearest_rank(waits, 0.9) == rank
    assert figures.linear(waits, 0.9) == pytest.approx(linear)


def test_names_that_cannot_be_hosts_get_slugs_of_their_own() -> None:
    names = ["dongmen", "Dongmen", "东门", "西门", "UD Bemowo", "replay", "x" * 60, "x" * 61]

    slugs = [halls.slug_of(name) for name in names]

    assert slugs[0] == "dongmen"
    assert slugs[4].startswith("ud-bemowo-")
    assert len(set(slugs)) == len(names)
    assert max(map(len, slugs)) <= 40
