"""Where the services keep their own files: in the data folder, when they can get there.

Root's PostgreSQL runs as `nobody`, or in a user namespace. Under a closed folder such as /root, on
a machine without namespaces (a plain container or chroot), neither can reach the data folder; then
its files lie under /var/lib/bancheng, and the data folder notes where.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from bancheng.config.runtime import identity
from bancheng.config.runtime.errors import CannotStart

OUTSIDE = Path("/var/lib/bancheng")
_NOTE = "services-folder"


def of_services(folder: Path, outside: Path = OUTSIDE) -> Path:
    """The folder below which `postgres` and `valkey` lie; the same at every start.

    Raises `data.services_gone` when the noted folder is no longer there.
    """
    note = folder / _NOTE
    if note.exists():
        noted = Path(note.read_text().strip())
        if not noted.is_dir():
            raise CannotStart(
                "data.services_gone",
                f"{folder} keeps its database in {noted}, which is gone.",
                "Put it back, or start on a new BANCHENG_DATA.",
            )
        return noted
    if os.geteuid() != 0 or (folder / "postgres").exists() or _reachable(folder):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    home = outside / name
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    note.write_text(f"{home}\n")
    return home


def _reachable(folder: Path) -> bool:
    """Whether one of the ways down from root can enter the folder."""
    return any(_enters(way, folder) for way in identity.ways_down())


def _enters(way: identity.Identity, folder: Path) -> bool:
    try:
        trial = subprocess.run(
            [*way.prefix, "/usr/bin/test", "-x", str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd="/",
            timeout=20,
            check=False,
            **way.popen_arguments(),
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.returncode == 0
