"""As whom a service runs: PostgreSQL refuses root, and root must not open its own folders.

Three ways, in this order, for root (runtime notes: never useradd, never chmod a parent folder):
the user `nobody`; a user namespace in which root appears as `nobody`; `nobody` with a copy of the
binaries in /var/tmp, when they lie under a closed folder and namespaces are switched off.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from bancheng.config.runtime.binaries import Binaries
from bancheng.config.runtime.errors import CannotStart

_MAP_TO_NOBODY = ("unshare", "-U", "--map-user=65534", "--map-group=65534")
_TRIAL = '"$0" --version >/dev/null && test -w "$1"'


class _As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Identity:
    """`prefix` goes before the command; `uid` and `gid` are taken on before it runs."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def popen_arguments(self) -> _As:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make this identity the owner of `path`."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


MYSELF = Identity()


def for_service(binaries: Binaries, program: str, folder: Path) -> tuple[Identity, Binaries]:
    """Who runs `program` on `folder` (made 0700 if missing), and from which binaries.

    An existing folder keeps its owner. Raises `data.not_yours`, `root.no_way_down`.
    """
    existed = folder.is_dir()
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() != 0:
        _require_own(folder)
        return MYSELF, binaries
    ways = _ways(binaries)
    if existed:
        nobodys = folder.stat().st_uid != 0
        ways = [way for way in ways if (way[0].uid is not None) == nobodys]
    for identity, candidate in ways:
        chosen = candidate if candidate is not None else _copied(binaries)
        os.chown(folder, identity.uid or 0, identity.gid or 0)
        if _works(identity, chosen.path(program), folder):
            return identity, chosen
    if not existed:
        folder.rmdir()
    raise CannotStart(
        "root.no_way_down",
        f"{program} refuses to run as root, and no other user can reach {folder}.",
        "Start Bancheng as an ordinary user, or set BANCHENG_DATA to a folder such as "
        "/srv/bancheng which the user 'nobody' may pass through.",
    )


def ways_down() -> list[Identity]:
    """Whom root's services may run as, in order of preference."""
    nobody = pwd.getpwnam("nobody")
    found = [Identity(uid=nobody.pw_uid, gid=nobody.pw_gid)]
    if shutil.which(_MAP_TO_NOBODY[0]):
        found.append(Identity(prefix=_MAP_TO_NOBODY))
    return found


def _ways(binaries: Binaries) -> list[tuple[Identity, Binaries | None]]:
    """None in the place of the binaries means: copy them first."""
    down = ways_down()
    return [*((way, binaries) for way in down), (down[0], None)]


def _works(identity: Identity, program: Path, folder: Path) -> bool:
    try:
        trial = subprocess.run(
            [*identity.prefix, "/bin/sh", "-c", _TRIAL, str(program), str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd="/",
            timeout=20,
            check=False,
            **identity.popen_arguments(),
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.returncode == 0


def _copied(binaries: Binaries) -> Binaries:
    """The same binaries under /var/tmp; the libraries beside them go along (libpq's RPATH)."""
    target = Path("/var/tmp") / f"bancheng-{binaries.name}-{os.geteuid()}"  # noqa: S108
    if target.is_symlink() or (target.exists() and target.lstat().st_uid != os.geteuid()):
        raise CannotStart("root.copy_not_ours", f"{target} belongs to somebody else.", "Remove it.")
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        draft.mkdir(mode=0o755)
        for source in binaries.together:
            place = draft / source.relative_to(binaries.root)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, place, symlinks=True)
        draft.rename(target)
    return binaries.moved_to(target)


def _require_own(folder: Path) -> None:
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise CannotStart(
            "data.not_yours",
            f"{folder} belongs to user {owner}, not to you ({os.geteuid()}).",
            "Start as that user, or set BANCHENG_DATA to a folder of your own.",
        )
