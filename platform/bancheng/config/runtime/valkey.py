"""An embedded Valkey on 127.0.0.1 for the broker, the cache and the live hints; keeps nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bancheng.config.runtime import binaries, identity, ports, processes
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.identity import Identity

_START_SECONDS = 20.0
_ATTEMPTS = 3
_SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
daemonize no
maxmemory 256mb
maxmemory-policy noeviction
"""


@dataclass(slots=True)
class Valkey:
    """A running server; `url` is its address with the password."""

    process: subprocess.Popen[bytes]
    port: int
    url: str

    def stop(self) -> None:
        processes.stop(self.process, signal.SIGTERM, patience=10.0)


def start(folder: Path, *, password: str, log: Path, kept_port: int | None = None) -> Valkey:
    """Start a server on `kept_port` when free, else on another port.

    Raises CannotStart with `valkey.missing`, `valkey.start_failed`, `data.not_yours`.
    """
    found, program = binaries.valkey()
    who, programs = identity.for_service(found, program, folder)
    for _ in range(_ATTEMPTS):
        port = ports.kept_or_free(kept_port)
        began = log.stat().st_size if log.exists() else 0
        settings = _write_settings(folder, who, port=port, password=password)
        process = processes.spawn(
            [str(programs.path(program)), str(settings)],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            log=log,
            as_who=who,
        )
        server = Valkey(process, port, _url(password, port))
        if _answers(server, password):
            return server
        server.stop()
        if b"bind" not in log.read_bytes()[began:]:
            break
    raise CannotStart(
        "valkey.start_failed",
        f"Valkey did not start. The end of {log}:\n{processes.last_lines(log)}",
    )


def _write_settings(folder: Path, who: Identity, *, port: int, password: str) -> Path:
    """In a file of mode 0600: on the command line everybody could read the password."""
    path = folder / "valkey.conf"
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(_SETTINGS.format(port=port, password=password, folder=f'"{folder}"'))
    who.give(path)
    return path


def _url(password: str, port: int) -> str:
    return f"redis://:{quote(password, safe='')}@{ports.LOOPBACK}:{port}/0"


def _answers(server: Valkey, password: str) -> bool:
    """True when the server let us in with the password, False when it ended or stays silent."""
    deadline = time.monotonic() + _START_SECONDS
    while server.process.poll() is None and time.monotonic() < deadline:
        with (
            suppress(OSError),
            socket.create_connection((ports.LOOPBACK, server.port), timeout=2) as line,
        ):
            line.sendall(f"AUTH {password}\r\nPING\r\nQUIT\r\n".encode())
            return line.makefile("rb").read().startswith(b"+OK\r\n+PONG")
        time.sleep(0.02)
    return False
