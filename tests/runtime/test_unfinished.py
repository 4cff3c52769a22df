"""A first start that was cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from bancheng.config.runtime import demo_command, lock, unfinished
from bancheng.config.runtime.errors import CannotStart


@pytest.fixture
def cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose seeding never ended."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "secrets.json").write_text("{}")
    with pytest.raises(KeyboardInterrupt), unfinished.noted(tmp_path):
        raise KeyboardInterrupt
    return tmp_path


def test_its_database_is_thrown_away_and_its_secrets_are_kept(cut_short: Path) -> None:
    assert unfinished.clear(cut_short, what="test")

    assert not (cut_short / "postgres").exists()
    assert (cut_short / "secrets.json").exists()
    assert not unfinished.clear(cut_short, what="test")


def test_a_seeding_that_ended_leaves_nothing_to_throw_away(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with unfinished.noted(tmp_path):
        pass

    assert not unfinished.clear(tmp_path, what="test")
    assert (tmp_path / "postgres").exists()


def test_one_that_is_still_going_on_is_left_alone(cut_short: Path) -> None:
    with lock.held(cut_short, what="the other"), pytest.raises(CannotStart):
        unfinished.clear(cut_short, what="test")

    assert (cut_short / "postgres").exists()


def test_a_database_of_ones_own_is_never_thrown_away(
    cut_short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")

    assert not unfinished.clear(cut_short, what="test")
    assert (cut_short / "postgres").exists()


def test_the_last_line_says_that_it_begins_again(cut_short: Path) -> None:
    assert demo_command.farewell(cut_short) == (
        "Stopped before the demo city was complete; the next start begins it again."
    )
