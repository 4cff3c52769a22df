"""A hall's configuration as one document: exported, compared, taken over by another hall.

It holds what a place decides (lines, windows, hours, limits, parameters, items done differently,
units by name, and what other apps add), never people, secrets or cases. A part is a mapping of
entries; an entry that only the receiving hall has is left as it is.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.setup import permissions
from apps.setup.errors import NewerFormat, UnknownFormat
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import here

KIND, FORMAT = "bancheng.configuration", 1
Entry = str | int | bool | list[object] | Mapping[str, object] | None
Entries = Mapping[str, Entry]
_MOST_ENTRIES = 20_000
_LONGEST_KEY = 120
_DEEPEST = 8
_unstorable = re.compile("[\0\ud800-\udfff]").search


@dataclass(frozen=True, slots=True)
class Part:
    """`export` says what the current hall decided itself. `put` writes the entries that are new or
    different, through the services of the app that owns them, and raises their refusals.
    `inherited`: the halls below follow it as long as they decide nothing themselves."""

    name: str
    export: Callable[[], Entries]
    put: Callable[[Entries, Actor], None]
    after: int = 50
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class EntryChange:
    """`kind` is added, changed or only_here."""

    kind: str
    entry: str
    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class PartDiff:
    part: str
    same: int
    changes: tuple[EntryChange, ...]

    def wanted(self) -> dict[str, Entry]:
        """What has to be put, by entry."""
        return {one.entry: one.after for one in self.changes if one.kind != "only_here"}


@dataclass(frozen=True, slots=True)
class Diff:
    """`seal` stands for the document and for what it was compared with."""

    source: str
    parts: tuple[PartDiff, ...]
    seal: str


_parts: dict[str, Part] = {}


def part(given: Part) -> None:
    """Add a part; a name is taken once."""
    if _parts.get(given.name, given) != given:
        raise ValueError(f"{given.name} is declared twice")
    _parts[given.name] = given


def parts() -> list[Part]:
    """All parts in the order in which they are put."""
    return sorted(_parts.values(), key=lambda one: (one.after, one.name))


def export(by: Actor) -> dict[str, object]:
    """The current hall's configuration. Raises Forbidden."""
    permissions.require(by, "setup.configure")
    return document()


def document(*, inherited: bool = True) -> dict[str, object]:
    """The same for whoever asked already; with or without what halls below inherit."""
    return {
        "kind": KIND,
        "format": FORMAT,
        "hall": {"name": here().name, "level": here().level.value},
        "exported_at": clock.now().isoformat(),
        "parts": {
            one.name: _plain(one.export()) for one in parts() if inherited or not one.inherited
        },
    }


def compare(given: object) -> Diff:
    """What taking the document over would change here. Raises UnknownFormat, NewerFormat."""
    named = _parts_of(given)
    here_ = {one.name: _plain(one.export()) for one in parts()}
    found = tuple(
        _compared(one.name, here_[one.name], named[one.name])
        for one in parts()
        if one.name in named
    )
    return Diff(_source(given), found, _seal(named, here_))


def _compared(name: str, before: Entries, after: Entries) -> PartDiff:
    changes = [
        EntryChange("changed" if entry in before else "added", entry, before.get(entry), wanted)
        for entry, wanted in sorted(after.items())
        if entry not in before or before[entry] != wanted
    ]
    only = [
        EntryChange("only_here", key, before[key], None) for key in before.keys() - after.keys()
    ]
    same = sum(1 for entry in after if entry in before and before[entry] == after[entry])
    return PartDiff(name, same, (*changes, *sorted(only, key=lambda one: one.entry)))


def _parts_of(given: object) -> dict[str, dict[str, Entry]]:
    if not isinstance(given, dict) or given.get("kind") != KIND:
        raise UnknownFormat
    written = given.get("format")
    if not isinstance(written, int) or isinstance(written, bool) or written < 1:
        raise UnknownFormat(part="format")
    if written > FORMAT:
        raise NewerFormat(format=written, known=FORMAT)
    found = given.get("parts")
    if not isinstance(found, dict):
        raise UnknownFormat(part="parts")
    for name, entries in found.items():
        _require_entries(name, entries)
    return found


def _require_entries(name: object, entries: object) -> None:
    if name not in _parts:
        raise UnknownFormat(part=str(name)[:60])
    if not isinstance(entries, dict) or len(entries) > _MOST_ENTRIES:
        raise UnknownFormat(part=name)
    if any(not 0 < len(key) <= _LONGEST_KEY for key in entries) or not _storable(entries):
        raise UnknownFormat(part=name)


def _storable(value: object, deep: int = _DEEPEST) -> bool:
    """No text that PostgreSQL cannot hold, and nothing nested without end."""
    if isinstance(value, str):
        return not _unstorable(value)
    if not isinstance(value, dict | list):
        return True
    within = [*value, *value.values()] if isinstance(value, dict) else value
    return deep > 0 and all(_storable(one, deep - 1) for one in within)


def _source(given: object) -> str:
    hall = given.get("hall") if isinstance(given, dict) else None
    name = hall.get("name") if isinstance(hall, dict) else None
    return name[:100] if isinstance(name, str) else ""


def _seal(named: object, here_: object) -> str:
    text = json.dumps([named, here_], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(entries: Entries) -> dict[str, Entry]:
    """As JSON has them: a tuple is a list, a day its text."""
    found: dict[str, Entry] = json.loads(json.dumps(entries, default=str))
    return found
