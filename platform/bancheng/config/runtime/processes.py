"""Start and stop child processes that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bancheng.config.runtime.identity import MYSELF, Identity

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path,
    cwd: Path = Path("/"),
    as_who: Identity = MYSELF,
    on_parent_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `argv` in its own session, its output appended to `log`.

    Its own session, so that Ctrl-C reaches only us and we stop things in order. When the calling
    thread ends, even by kill -9, Linux sends the child `on_parent_death`: call this from the main
    thread only.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [*as_who.prefix, *argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid(), on_parent_death),
            **as_who.popen_arguments(),
        )


def stop(child: subprocess.Popen[bytes], how: signal.Signals, *, patience: float) -> None:
    """Ask with `how`, wait at most `patience` seconds, then kill the whole process group."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=patience)
    kill_group(child)


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """End what is left of the child's session, for example a worker's beat process."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def last_lines(log: Path, *, count: int = 12) -> str:
    """The end of a log, for an error message."""
    with suppress(OSError):
        text = log.read_bytes()[-8192:].decode(errors="replace")
        return "\n".join("  | " + line for line in text.splitlines()[-count:])
    return "  | (no log)"


def _die_with(parent: int, how: signal.Signals) -> Callable[[], None] | None:
    if _LIBC is None:
        return None
    prctl = _LIBC.prctl

    def in_the_child() -> None:
        prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return in_the_child
