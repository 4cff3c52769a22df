"""What the person at the terminal sees: our own words and the children's lines, prefixed."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

_LARGEST_LOG = 20_000_000
_LARGEST_READ = 1_000_000
_PREFIX_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Console:
    """Prints line by line; a terminal that has gone away is no reason to stop."""

    out: TextIO = field(default_factory=lambda: sys.stdout)

    def say(self, text: str, *, who: str = "bancheng") -> None:
        try:
            for line in text.splitlines() or [""]:
                print(f"{who:<{_PREFIX_WIDTH}}| {line}", file=self.out)
            self.out.flush()
        except (OSError, ValueError):
            return


class LogTail:
    """One child's log file: shows what was appended, keeps the file and one older copy small."""

    def __init__(self, name: str, logs: Path, console: Console) -> None:
        self.path = logs / f"{name}.log"
        self._name = name
        self._console = console
        self._position = self.path.stat().st_size if self.path.exists() else 0
        self._rest = b""

    def show_new(self) -> None:
        """Print the complete lines written since the last call."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._position)
                chunk = file.read(_LARGEST_READ)
        except FileNotFoundError:
            return
        self._position += len(chunk)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._console.say(line.decode(errors="replace"), who=self._name)
        if self._position > _LARGEST_LOG:
            self._keep_small()

    def _keep_small(self) -> None:
        """Children append, so after the cut they go on writing at the start of the file."""
        shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
        with self.path.open("r+b") as file:
            file.truncate(0)
        self._position = 0
