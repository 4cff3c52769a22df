"""What a sheet is expected to look like, and what was found in it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bancheng.kernel.sheets.errors import RepeatedHeader, WrongHeader

_HEADER_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what the code calls it; `heads` are the headings that mean it, the first one is
    written in templates and exports. A heading's case, width, spaces and asterisk do not count."""

    key: str
    heads: tuple[str, ...]
    required: bool = False
    longest: int = 200

    @property
    def head(self) -> str:
        return self.heads[0]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read at most; more is refused, never cut off."""

    size: int = 1_400_000
    unpacked: int = 60_000_000
    rows: int = 10_000
    columns: int = 60


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` as the spreadsheet numbers it, `column` the heading (empty: the whole row), `code`
    what is wrong: required, too_long, formula, merged, unstorable, number_too_long …"""

    row: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its number in the file; every known column is there, empty when it was."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are sound in themselves, and what is wrong with the others. `known` are the keys
    of the columns that the file has, `ignored` headings that nobody asked for; `digest` is the
    SHA-256 of the file."""

    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]
    known: frozenset[str]
    ignored: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand: their row and, by position, the column they mean."""

    row: int
    places: Mapping[int, Column]
    ignored: tuple[str, ...]


def plain(heading: str) -> str:
    """A heading as it is compared."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(text.split()).strip("*:")


def header_of(lines: Sequence[tuple[int, Sequence[str]]], columns: Sequence[Column]) -> Header:
    """The first of five rows that has every heading that must stand.

    Raises WrongHeader, RepeatedHeader.

    Titles above the headings are common in sheets that were made for printing.
    """
    meanings = {plain(head): column for column in columns for head in column.heads}
    needed = {column.key for column in columns if column.required}
    best: Sequence[str] = ()
    for number, cells in lines[:_HEADER_WITHIN]:
        known = {
            at: meanings[plain(text)] for at, text in enumerate(cells) if plain(text) in meanings
        }
        if needed and needed <= {column.key for column in known.values()}:
            _require_once(known)
            ignored = tuple(t for at, t in enumerate(cells) if t.strip() and at not in known)
            return Header(number, known, ignored)
        best = max(best, cells, key=lambda one: sum(plain(text) in meanings for text in one))
    there = {meanings[plain(text)].key for text in best if plain(text) in meanings}
    missing = [column.head for column in columns if column.key in needed - there]
    raise WrongHeader(
        missing="、".join(missing), found=[text[:40] for text in best if text.strip()][:30]
    )


def _require_once(known: Mapping[int, Column]) -> None:
    keys = [column.key for column in known.values()]
    twice = sorted({column.head for column in known.values() if keys.count(column.key) > 1})
    if twice:
        raise RepeatedHeader(columns="、".join(twice))
