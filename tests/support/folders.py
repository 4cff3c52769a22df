"""Where the servers of a run keep their files: in memory, which makes a database in a twentieth of
the time, or below `.cache` where there is too little of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parents[2]
_MEMORY = Path("/dev/shm")
_ENOUGH = 4 * 1024**3
_SECOND = "second-run-"


@contextmanager
def of_servers() -> Iterator[Path]:
    """The folder of this process's servers, kept from run to run; `make clean` removes it. A second
    run beside the first one has one for as long as it lasts."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = _in_memory() or ROOT / ".cache"
    base.mkdir(mode=0o711, parents=True, exist_ok=True)
    folder = base / (f"tests-{worker}" if worker else "tests")
    _sweep(base)
    try:
        with FileLock(folder.with_suffix(".lock"), timeout=0):
            yield folder
    except Timeout:
        second = base / f"{_SECOND}{os.getpid()}"
        try:
            yield second
        finally:
            shutil.rmtree(second, ignore_errors=True)


def _sweep(base: Path) -> None:
    """Remove what a second run left behind that was killed."""
    for left in base.glob(f"{_SECOND}*"):
        if not Path("/proc", left.name.removeprefix(_SECOND)).exists():
            shutil.rmtree(left, ignore_errors=True)


def _in_memory() -> Path | None:
    """A folder of this checkout and this user, when the memory is there and theirs."""
    if not _MEMORY.is_dir() or min(_available(), shutil.disk_usage(_MEMORY).free) < _ENOUGH:
        return None
    folder = _MEMORY / f"bancheng-tests{str(ROOT).replace('/', '-')}"
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        return None
    return folder if os.access(_MEMORY, os.W_OK) else None


def _available() -> int:
    """Bytes of memory that programs could still get."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
