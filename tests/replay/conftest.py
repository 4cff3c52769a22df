"""A command on a file, and what it left behind."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bancheng.config import cli
from tests.tenants.conftest import superuser as superuser

HEADER = "hall,queue,number,taken_at,called_at,finished_at"


@dataclass(frozen=True, slots=True)
class Said:
    """What one run answered."""

    status: int
    out: str
    err: list[str]


Replay = Callable[..., Said]


@pytest.fixture
def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Replay:
    """`bancheng replay day` on these rows, with a report in `report` below the test's folder."""

    def run(*rows: str, options: tuple[str, ...] = ()) -> Said:
        file = tmp_path / "day.csv"
        file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        order = ["replay", "day", "--tickets", str(file), "--report", str(tmp_path / "report")]
        capsys.readouterr()
        status = cli.main([*order, *options])
        said = capsys.readouterr()
        return Said(status, said.out, said.err.splitlines())

    return run


@pytest.fixture
def report(tmp_path: Path) -> Callable[[str], list[dict[str, str]]]:
    """The rows of one file of the report."""

    def read(name: str) -> list[dict[str, str]]:
        with (tmp_path / "report" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
