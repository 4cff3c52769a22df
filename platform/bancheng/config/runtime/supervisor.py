"""Keeps the application's own processes running: prefix, log file, restart, orderly end.

One thread only: a child is told to die with the thread that started it (see processes.spawn).
Children write straight to their log files; the console shows what is appended there, so a killed
supervisor breaks no child's output.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bancheng.config.runtime import processes
from bancheng.config.runtime.console import Console, LogTail
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.processes import spawn

_TICK_SECONDS = 0.1
_STEADY_SECONDS = 60.0
_LONGEST_PAUSE = 30.0
_GIVE_UP_AFTER = 8


@dataclass(frozen=True, slots=True)
class Program:
    """`forever`: an end with status 0 is a crash too. A demo's script may end by itself.

    `without` names what the program's environment leaves out.
    """

    name: str
    argv: tuple[str, ...]
    forever: bool = True
    patience: float = 15.0
    without: tuple[str, ...] = ()


@dataclass(slots=True)
class _Child:
    program: Program
    tail: LogTail
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float | None = None


@dataclass(slots=True)
class Supervisor:
    """Children start in the order of `start` and stop in the reverse order."""

    env: Mapping[str, str]
    logs: Path
    console: Console
    folder: Path
    _children: list[_Child] = field(default_factory=list)

    def run_once(self, program: Program) -> None:
        """Run a preparing command to its end. Raises `child.failed` with the end of its log."""
        tail = LogTail(program.name, self.logs, self.console)
        process = self._spawn(program, tail)
        try:
            while process.poll() is None:
                tail.show_new()
                time.sleep(_TICK_SECONDS / 2)
        finally:
            processes.stop(process, signal.SIGTERM, patience=program.patience)
            tail.show_new()
        if process.returncode != 0:
            raise CannotStart(
                "child.failed",
                f"'{program.name}' ended with status {process.returncode}. The end of "
                f"{tail.path}:\n{processes.last_lines(tail.path)}",
            )

    def start(self, program: Program) -> None:
        child = _Child(program, LogTail(program.name, self.logs, self.console))
        self._children.append(child)
        self._launch(child)

    def wait(self, until: Callable[[], bool], *, seconds: float | None = None) -> bool:
        """Watch the children until `until()` holds (True) or `seconds` have passed (False).

        Raises StopRequested on Ctrl-C or SIGTERM, and `child.keeps_failing` when one child has
        failed eight times in a row without a steady minute.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while not until():
            if deadline is not None and time.monotonic() > deadline:
                return False
            self._watch()
            time.sleep(_TICK_SECONDS)
        return True

    def stop(self) -> None:
        """Stop all children, the last started first; each gets its `patience`."""
        for child in reversed(self._children):
            if child.process is not None:
                processes.stop(child.process, signal.SIGTERM, patience=child.program.patience)
            child.tail.show_new()
        self._children.clear()

    def _watch(self) -> None:
        now = time.monotonic()
        for child in self._children:
            child.tail.show_new()
            if child.process is not None and child.process.poll() is not None:
                self._ended(child, now)
            elif child.again_at is not None and now >= child.again_at:
                self._launch(child)

    def _launch(self, child: _Child) -> None:
        child.again_at, child.started = None, time.monotonic()
        child.process = self._spawn(child.program, child.tail)

    def _ended(self, child: _Child, now: float) -> None:
        """Clear away what the crashed child left behind, then plan its next start."""
        process, program = child.process, child.program
        if process is None:
            return
        processes.kill_group(process)
        child.process = None
        if process.returncode == 0 and not program.forever:
            self.console.say(f"{program.name} is done.")
            return
        child.failures = 1 if now - child.started > _STEADY_SECONDS else child.failures + 1
        if child.failures >= _GIVE_UP_AFTER:
            raise CannotStart(
                "child.keeps_failing",
                f"'{program.name}' failed {child.failures} times in a row. The end of "
                f"{child.tail.path}:\n{processes.last_lines(child.tail.path)}",
            )
        pause = min(2.0 ** (child.failures - 1), _LONGEST_PAUSE)
        child.again_at = now + pause
        self.console.say(
            f"{program.name} ended with status {process.returncode}; "
            f"starting it again in {pause:.0f} s (log: {child.tail.path})"
        )

    def _spawn(self, program: Program, tail: LogTail) -> subprocess.Popen[bytes]:
        env = {name: value for name, value in self.env.items() if name not in program.without}
        return spawn(program.argv, env=env, log=tail.path, cwd=self.folder)
