"""Free and busy ports on 127.0.0.1; no service of ours listens anywhere else."""

from __future__ import annotations

import socket

from bancheng.config.runtime.errors import CannotStart

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` now (ports in TIME_WAIT count as free)."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    """A port the kernel calls free at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def kept_or_free(kept: int | None) -> int:
    """The port used last time if it is still free, else another free one."""
    return kept if kept and is_free(kept) else any_free()


def require_free(port: int, *, service: str, setting: str) -> None:
    """Refuse with `port.busy` when somebody already listens on `port`."""
    if not is_free(port):
        raise CannotStart(
            "port.busy",
            f"Port {port} on {LOOPBACK}, wanted for {service}, is already in use.",
            f"Stop the program that uses it, or choose another port: {setting}=<number>.",
        )
