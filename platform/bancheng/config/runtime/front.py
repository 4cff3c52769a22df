"""Builds the front end when, and only when, something it is made from has changed.

`python -m bancheng.config.runtime.front [build|check|types]`. Uses the Node of `.venv-front`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.secrets import REPOSITORY

_MADE = {"node_modules", "dist", ".vite", "coverage"}
_INSTALL_SECONDS = 900
_RUN_SECONDS = 900


def main(argv: list[str]) -> int:
    """Status 0 when the front end is up to date (or checked), 1 with a message when not."""
    frontend, node = REPOSITORY / "frontend", REPOSITORY / ".venv-front" / "bin"
    try:
        if argv == ["check"]:
            _install(frontend, node)
            _npm(frontend, node, "run", "check", seconds=_RUN_SECONDS)
            _write_stamp(frontend, node)
        elif argv == ["types"]:
            _install(frontend, node)
            _npm(frontend, node, "run", "types", seconds=_RUN_SECONDS)
        else:
            build(frontend, node)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def build(frontend: Path, node: Path) -> bool:
    """`npm ci` and `npm run build` if needed; False when `dist` was already up to date."""
    stamp = frontend / "dist" / ".stamp"
    if stamp.exists() and stamp.read_text() == fingerprint(frontend, node):
        return False
    _install(frontend, node)
    print("==> Building the front end", flush=True)
    _npm(frontend, node, "run", "build", seconds=_RUN_SECONDS)
    _write_stamp(frontend, node)
    return True


def fingerprint(frontend: Path, node: Path) -> str:
    """Of every source file's name and content, the lock file, and Node's version."""
    digest = hashlib.sha256(_node_version(node).encode())
    for path in sorted(_sources(frontend)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(frontend).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _sources(frontend: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(frontend):
        folders[:] = [name for name in folders if name not in _MADE]
        yield from (Path(folder, name) for name in files)


def _install(frontend: Path, node: Path) -> None:
    """`npm ci` removes everything first, so it runs only for another lock file or Node."""
    stamp = frontend / "node_modules" / ".stamp"
    lock = (frontend / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(_node_version(node).encode() + lock).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("==> Installing the front end's locked packages", flush=True)
    _npm(frontend, node, "ci", "--no-audit", "--no-fund", seconds=_INSTALL_SECONDS)
    stamp.write_text(wanted)


def _write_stamp(frontend: Path, node: Path) -> None:
    (frontend / "dist" / ".stamp").write_text(fingerprint(frontend, node))


def _node_version(node: Path) -> str:
    try:
        said = subprocess.run(
            [str(node / "node"), "--version"], capture_output=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotStart(
            "front.no_node", f"{node / 'node'} does not run: {error}.", "Run 'make front'."
        ) from error
    return said.stdout.decode().strip()


def _npm(frontend: Path, node: Path, *arguments: str, seconds: float) -> None:
    """The rest of the environment stays: npm needs the proxy and certificate settings in it."""
    env = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    try:
        done = subprocess.run(
            [str(node / "npm"), *arguments],
            cwd=frontend,
            env=env,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotStart(
            "front.too_slow", f"'npm {' '.join(arguments)}' took longer than {seconds:.0f} s."
        ) from error
    if done.returncode != 0:
        raise CannotStart(
            "front.failed", f"'npm {' '.join(arguments)}' ended with status {done.returncode}."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
