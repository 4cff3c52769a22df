"""Bringing a hall's own template together with a newer shipped one, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, ndiff


@dataclass(frozen=True, slots=True)
class Merged:
    """`conflicts` counts the places where both had changed the same lines: there the hall's words
    stay."""

    text: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `start` to `end` of the common ancestor became `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, own: str, newer: str) -> Merged:
    """What the hall changed and what the newer shipped template changed, both on `base`."""
    before = base.splitlines()
    ours, theirs = _changes(before, own.splitlines()), _changes(before, newer.splitlines())
    taken, conflicts = list(ours), 0
    for one in theirs:
        if one in ours:
            continue
        if any(_touch(one, mine) for mine in ours):
            conflicts += 1
        else:
            taken.append(one)
    return Merged("\n".join(_applied(before, taken)) + "\n", conflicts)


def _changes(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        _Change(i1, i2, tuple(after[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _touch(one: _Change, other: _Change) -> bool:
    if one.start == other.start:
        return True
    return one.start < other.end and other.start < one.end


def _applied(before: Sequence[str], changes: Sequence[_Change]) -> list[str]:
    lines = list(before)
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        lines[change.start : change.end] = change.lines
    return lines


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Line by line: same, added, or removed."""
    words = {"  ": "same", "+ ": "added", "- ": "removed"}
    lines = ndiff(before.splitlines(), after.splitlines())
    return [(words[line[:2]], line[2:]) for line in lines if line[:2] in words]
