"""What a sheet of items would do, worked out before anything is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from apps.setup.item_sheet import BOUNDS, COLUMNS, Wanted, as_row, wanted_items
from bancheng.city.catalogue.queries import ServiceItemRef
from bancheng.kernel.sheets.columns import RowError
from bancheng.kernel.sheets.reading import read

ADDED, CHANGED, ENDED = "added", "changed", "ended"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell before and after, as the sheet writes it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What becomes of one item; `row` is None for one that the sheet does not name."""

    kind: str
    row: int | None
    item: ServiceItemRef
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """`seal` stands for the file, the way it is read and the items it was compared with."""

    changes: tuple[ItemChange, ...]
    unchanged: int
    errors: tuple[RowError, ...]
    ignored: tuple[str, ...]
    rows: int
    seal: str

    def count(self, kind: str) -> int:
        """How many items it adds, changes or ends."""
        return sum(change.kind == kind for change in self.changes)


def plan(
    content: bytes, known: Mapping[str, ServiceItemRef], *, ends_missing: bool, today: date
) -> Plan:
    """Compare a file with the items there are.

    With `ends_missing` the file is the whole list: an item it does not name has its last day today.
    Raises what reading the sheet raises.
    """
    sheet = read(content, COLUMNS, BOUNDS)
    wanted, errors = wanted_items(sheet, known)
    changes = [change for one in wanted if (change := _change(one, known))]
    unchanged = len(wanted) - len(changes)
    if ends_missing:
        changes += _ended(wanted, known, today)
    return Plan(
        tuple(changes),
        unchanged,
        tuple(errors),
        sheet.ignored,
        len(wanted),
        _seal(sheet.digest, known, ends_missing, today),
    )


def _change(wanted: Wanted, known: Mapping[str, ServiceItemRef]) -> ItemChange | None:
    before = known.get(wanted.item.code)
    if before is None:
        return ItemChange(ADDED, wanted.row, wanted.item)
    if as_row(before) == as_row(wanted.item):
        return None
    return ItemChange(CHANGED, wanted.row, wanted.item, _fields(before, wanted.item))


def _fields(before: ServiceItemRef, after: ServiceItemRef) -> tuple[FieldChange, ...]:
    old, new = as_row(before), as_row(after)
    return tuple(FieldChange(key, old[key], new[key]) for key in old if old[key] != new[key])


def _ended(
    wanted: list[Wanted], known: Mapping[str, ServiceItemRef], today: date
) -> list[ItemChange]:
    named = {one.item.code for one in wanted}
    found = []
    for code, item in known.items():
        if code not in named and (item.until is None or item.until > today):
            last = replace(item, until=max(today, item.since or today))
            found.append(ItemChange(ENDED, None, last, _fields(item, last)))
    return found


def _seal(digest: str, known: Mapping[str, ServiceItemRef], ends_missing: bool, today: date) -> str:
    mixed = hashlib.sha256(f"{digest}\0{ends_missing}\0{today}\0".encode())
    for code in sorted(known):
        mixed.update(f"{known[code]}\0".encode())
    return mixed.hexdigest()[:32]
