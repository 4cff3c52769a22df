"""Processor time of whole process trees, from the scheduler's own count (schedstat, in ns)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

PROC = Path("/proc")


def tree(root: int) -> list[int]:
    """The process and everything below it that lives now."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            parent = _parent(folder)
            children.setdefault(parent, []).append(int(folder.name))
    found, open_ = [], [root]
    while open_:
        pid = open_.pop()
        found.append(pid)
        open_ += children.get(pid, [])
    return found


def _parent(folder: Path) -> int:
    """The parent's id stands behind the name, which may hold anything; 0 for one that is gone."""
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def spent_by(pids: Iterable[int]) -> dict[str, int]:
    """Nanoseconds on a processor so far, by thread."""
    found: dict[str, int] = {}
    for pid in pids:
        try:
            threads = list((PROC / str(pid) / "task").iterdir())
        except OSError:
            continue
        for thread in threads:
            try:
                found[str(thread)] = int((thread / "schedstat").read_text().split()[0])
            except OSError:
                continue
    return found


class Meter:
    """What named process trees spend between two looks. A thread that ended in between counts
    with what it had spent at the first look only; servers here keep theirs."""

    def __init__(self, roots: Mapping[str, int], *, alone: Iterable[str] = ()) -> None:
        """`alone` names roots that count without their children."""
        self._roots, self._alone = dict(roots), set(alone)
        self._before: dict[str, dict[str, int]] = {}

    def begin(self) -> None:
        self._before = self._look()

    def microseconds(self) -> dict[str, float]:
        """Since `begin`, by name."""
        after = self._look()
        return {
            name: sum(ns - self._before[name].get(thread, 0) for thread, ns in spent.items()) / 1e3
            for name, spent in after.items()
        }

    def _look(self) -> dict[str, dict[str, int]]:
        return {
            name: spent_by([root] if name in self._alone else tree(root))
            for name, root in self._roots.items()
        }
