"""An embedded PostgreSQL on 127.0.0.1: made once, started in the foreground, never left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from bancheng.config.runtime import binaries, identity, ports, processes
from bancheng.config.runtime.binaries import Binaries
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.identity import Identity

SUPERUSER = "postgres"
MARKER = "bancheng.ready"
_BUILTIN_PROVIDER_SINCE = 17
_START_SECONDS = 60.0
_ATTEMPTS = 3

# Many halls mean many relations in one transaction (dump, drop); parallel workers would need more
# shared memory than a container's default /dev/shm gives.
_OPTIONS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "max_locks_per_transaction": "1024",
    "shared_buffers": "128MB",
    "max_parallel_workers_per_gather": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
_UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(slots=True)
class Postgres:
    """A running server; `url` is the superuser's address of its maintenance database."""

    process: subprocess.Popen[bytes]
    port: int
    url: str

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, a checkpoint is written."""
        processes.stop(self.process, signal.SIGINT, patience=30.0)


def start(
    folder: Path, *, password: str, log: Path, fsync: bool, kept_port: int | None = None
) -> Postgres:
    """Start the cluster in `folder`, making it first when the folder is missing or empty.

    `kept_port` is taken when free, else another one. `fsync=False` may lose everything at a power
    failure: for tests only. Raises CannotStart with `postgres.missing`, `.half_initialised`,
    `.other_version`, `.initdb_failed`, `.start_failed`, `.locale`, `data.not_yours`,
    `root.no_way_down`.
    """
    _refuse_half_made(folder)
    who, programs = identity.for_service(binaries.postgres(), "postgres", folder)
    major = binaries.postgres_major(programs)
    if not (folder / MARKER).exists():
        _initialise(folder, programs, who, major, password=password, fsync=fsync)
    _refuse_other_version(folder, major)
    _wait_for_previous(folder)
    for _ in range(_ATTEMPTS):
        port = ports.kept_or_free(kept_port)
        began = log.stat().st_size if log.exists() else 0
        process = processes.spawn(
            [str(programs.path("postgres")), "-D", str(folder), *_settings(port, fsync=fsync)],
            env=_environment(),
            log=log,
            as_who=who,
            on_parent_death=signal.SIGINT,
        )
        server = Postgres(process, port, _url(password, port))
        if _answers(server, log):
            return server
        if b"could not bind" not in log.read_bytes()[began:]:
            break
    raise CannotStart(
        "postgres.start_failed",
        f"PostgreSQL did not start. The end of {log}:\n{processes.last_lines(log)}",
    )


def _refuse_half_made(folder: Path) -> None:
    try:
        half = folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists()
    except PermissionError:
        return  # another user's folder: refused with its own words later
    if half:
        raise CannotStart(
            "postgres.half_initialised",
            f"The database folder {folder} was left half-made by an interrupted first start. "
            "It was never used, so it holds no data.",
            f"Remove it and start again: rm -r '{folder}'",
        )


def _refuse_other_version(folder: Path, major: int) -> None:
    made_by = int((folder / "PG_VERSION").read_text().strip())
    if made_by != major:
        raise CannotStart(
            "postgres.other_version",
            f"{folder} was made by PostgreSQL {made_by}, but version {major} is installed.",
            f"Install PostgreSQL {made_by} again, or dump with it and start on a new folder.",
        )


def _initialise(
    folder: Path, programs: Binaries, who: Identity, major: int, *, password: str, fsync: bool
) -> None:
    """initdb; the marker is written last, so that an interrupted one is recognised."""
    password_file = folder.with_name(f".{folder.name}.password")
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password)
    try:
        who.give(password_file)
        done = subprocess.run(
            [
                *who.prefix,
                str(programs.path("initdb")),
                *("-D", str(folder), "-U", SUPERUSER, "-E", "UTF8", "--auth=scram-sha-256"),
                *(f"--pwfile={password_file}", *_locale(major), *([] if fsync else ["-N"])),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_environment(),
            cwd="/",
            timeout=180,
            check=False,
            **who.popen_arguments(),
        )
    finally:
        password_file.unlink()
    if done.returncode != 0:
        raise CannotStart(
            "postgres.initdb_failed",
            f"initdb failed on {folder}:\n{done.stdout[-2000:]}",
            f"Remove the folder before the next try: rm -r '{folder}'",
        )
    marker = folder / MARKER
    marker.write_text(json.dumps({"postgres": major}))
    who.give(marker)


def _locale(major: int) -> list[str]:
    """Without a UTF-8 character type, Chinese text is silently not indexed by pg_trgm."""
    if major < _BUILTIN_PROVIDER_SINCE:
        return ["--locale=C.UTF-8"]
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]


def _settings(port: int, *, fsync: bool) -> list[str]:
    chosen = _OPTIONS | {"port": str(port)} | ({} if fsync else _UNSAFE_BUT_FAST)
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGDATA, LANG or LC_ALL would change the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_MESSAGES": "C", "TZ": "UTC"}


def _url(password: str, port: int) -> str:
    return f"postgresql://{SUPERUSER}:{quote(password, safe='')}@{ports.LOOPBACK}:{port}/postgres"


def _wait_for_previous(folder: Path) -> None:
    """Give a server whose supervisor was just killed the time to finish its shutdown."""
    deadline = time.monotonic() + 10
    while (pid := _recorded_pid(folder)) and _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)


def _recorded_pid(folder: Path) -> int | None:
    try:
        return int((folder / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _answers(server: Postgres, log: Path) -> bool:
    """True when a superuser got in, False when the process ended before."""
    deadline = time.monotonic() + _START_SECONDS
    while server.process.poll() is None:
        try:
            with psycopg.connect(server.url, connect_timeout=5):
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                server.stop()
                raise _wrong_password() from error
        if time.monotonic() > deadline:
            server.stop()
            raise CannotStart(
                "postgres.start_failed",
                f"PostgreSQL did not answer within {_START_SECONDS:.0f} s. The end of {log}:\n"
                f"{processes.last_lines(log)}",
            )
        time.sleep(0.03)
    return False


def _wrong_password() -> CannotStart:
    return CannotStart(
        "postgres.wrong_password",
        "The database refuses the password kept in secrets.json: the two do not belong together.",
        "Put back the secrets.json that was made with this database folder.",
    )
