"""What a column of the ledger is, and what columns share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from apps.cases import masks
from apps.ledger.cells import Cell
from apps.ledger.entries import Entry

Kind = Literal["id", "text", "number", "day", "moment", "yes_no", "code", "several"]
Group = Literal["intake", "triage", "dispatch", "handling", "result", "oversight", "file"]
SUMMARY = 200
_RUN = re.compile(r"(?<!\d)(\d{17}[\dXx]|1\d{10})(?!\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """One of the 67 of domain.md §2.6: its number there, its key for the words, its width in
    characters, how it is read and what of a case it needs. `missing` says why nothing ever stands
    in it: the product has no such thing, or it may not be read here."""

    number: int
    key: str
    kind: Kind
    group: Group
    width: int
    read: Callable[[Entry], Cell]
    needs: frozenset[str] = frozenset()
    personal: bool = False
    missing: str = ""


def column(
    number: int,
    key: str,
    kind: Kind,
    group: Group,
    width: int,
    read: Callable[[Entry], Cell],
    *needs: str,
    personal: bool = False,
) -> Column:
    """A column that is read."""
    return Column(number, key, kind, group, width, read, frozenset(needs), personal)


def empty(number: int, key: str, group: Group, width: int, *, missing: str) -> Column:
    """A column that keeps its place in the order and stays empty."""
    return Column(number, key, "text", group, width, _nothing, missing=missing)


def _nothing(entry: Entry) -> Cell:
    return None


def own_words(entry: Entry, text: str) -> str:
    """What somebody wrote: numbers that look like a phone or an ID are masked in it, unless this
    is a file in plain (domain.md §4.3)."""
    return text if entry.record.plain else _RUN.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    run = found.group()
    return masks.phone(run) if len(run) == len("13800000000") else masks.id_number(run)
