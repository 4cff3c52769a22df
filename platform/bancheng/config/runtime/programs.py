"""The command lines of Bancheng's own processes."""

from __future__ import annotations

import sys
from pathlib import Path

from bancheng.config.runtime.ports import LOOPBACK
from bancheng.config.runtime.supervisor import Program

_OWNERS = ("DATABASE_OWNER_URL",)
"""What serves halls never knows the owner's password (security.md §3.1)."""


def web(port: int) -> Program:
    """HTTP and WebSocket in one process; frames above 64 KiB close the socket."""
    return Program(
        "web",
        (
            *(sys.executable, "-m", "uvicorn", "bancheng.config.asgi:application"),
            *("--host", LOOPBACK, "--port", str(port), "--lifespan", "on"),
            *("--ws-max-size", "65536", "--ws-max-queue", "8"),
            *("--ws-per-message-deflate", "false"),
            *("--timeout-graceful-shutdown", "10", "--no-server-header", "--no-access-log"),
            *("--log-level", "warning"),
        ),
        without=_OWNERS,
    )


def worker(folder: Path) -> Program:
    """One worker with four threads; the clock of the shared schedule runs beside it.

    Quiet, because its lines share the terminal with the addresses people want to read.
    """
    return Program(
        "worker",
        (
            *(sys.executable, "-W", "ignore::UserWarning", "-m", "celery", "--quiet"),
            *("-A", "bancheng.config.celery", "worker"),
            *("-P", "threads", "-c", "4", "-B", "--schedule", str(folder / "beat-schedule")),
            *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        ),
        without=_OWNERS,
    )


def command(name: str, *arguments: str, forever: bool = False) -> Program:
    """A subcommand of `bancheng`, run by the same Python."""
    program = str(Path(sys.executable).with_name("bancheng"))
    return Program(name, (sys.executable, program, name, *arguments), forever=forever)
