"""A file to rows: which kind it is, where the headings stand, what is wrong in which cell."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from bancheng.kernel.sheets import csv_file, xlsx_file
from bancheng.kernel.sheets.columns import Bounds, Column, Header, Row, RowError, Sheet, header_of
from bancheng.kernel.sheets.errors import SheetTooLarge, UnreadableSheet
from bancheng.kernel.sheets.safe import as_typed

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAFE = Bounds()


def read(content: bytes, columns: Sequence[Column], bounds: Bounds = _SAFE) -> Sheet:
    """The rows of a sheet by column. Raises UnreadableSheet, SheetTooLarge, WrongHeader."""
    if len(content) > bounds.size:
        raise SheetTooLarge(what="bytes", most=bounds.size)
    if content.startswith(_OLD_EXCEL):
        raise UnreadableSheet(reason="old_excel")
    packed = content.startswith(_ZIP)
    lines = list((xlsx_file if packed else csv_file).lines(content, bounds))
    header = header_of(lines, columns)
    below = [line for line in lines if line[0] > header.row]
    if len(below) > bounds.rows:
        raise SheetTooLarge(what="rows", most=bounds.rows)
    merged = xlsx_file.merged_rows(content) if packed else frozenset()
    rows, errors = _rows(below, header, columns, merged)
    known = frozenset(column.key for column in header.places.values())
    return Sheet(rows, errors, known, header.ignored, hashlib.sha256(content).hexdigest())


def _rows(
    lines: Sequence[tuple[int, Sequence[str]]],
    header: Header,
    columns: Sequence[Column],
    merged: frozenset[int],
) -> tuple[tuple[Row, ...], tuple[RowError, ...]]:
    sound: list[Row] = []
    wrong: list[RowError] = []
    for number, texts in lines:
        cells = _cells(texts, header, columns)
        found = [RowError(number, "", "merged")] if number in merged else []
        found += _problems(number, cells, columns)
        wrong += found
        if not found:
            sound.append(Row(number, {key: as_typed(text) for key, text in cells.items()}))
    return tuple(sound), tuple(wrong)


def _cells(texts: Sequence[str], header: Header, columns: Sequence[Column]) -> Mapping[str, str]:
    found = {column.key: "" for column in columns}
    for at, column in header.places.items():
        if at < len(texts):
            found[column.key] = texts[at].strip()
    return found


def _problems(
    number: int, cells: Mapping[str, str], columns: Sequence[Column]
) -> Iterator[RowError]:
    for column in columns:
        code = _problem(cells[column.key], column)
        if code:
            yield RowError(number, column.head, code)


def _problem(text: str, column: Column) -> str:
    if not text:
        return "required" if column.required else ""
    if text == xlsx_file.FORMULA or text.startswith("="):
        return "formula"
    if text == xlsx_file.LONG_NUMBER:
        return "number_too_long"
    if len(text) > column.longest:
        return "too_long"
    unstorable = any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text)
    return "unstorable" if unstorable else ""
