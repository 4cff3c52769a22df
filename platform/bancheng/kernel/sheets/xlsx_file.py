"""XLSX: the first worksheet's cells as text. Formulas are named, never evaluated; what a file
claims about its size is not believed."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from bancheng.kernel.sheets.columns import Bounds
from bancheng.kernel.sheets.csv_file import Line, narrow
from bancheng.kernel.sheets.errors import SheetTooLarge, UnreadableSheet

FORMULA = "\uffffformula"
LONG_NUMBER = "\uffffnumber"
_EXACT = 10**15
_FARTHEST = 1_024
"""So far to the right a cell is looked for, so that a far one costs no more than this."""
_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, OSError, ParseError, EOFError, AttributeError)
_merged = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="[A-Z]+(\d+):[A-Z]+(\d+)"').findall


def lines(content: bytes, bounds: Bounds) -> Iterator[Line]:
    """Each row that has something in it, with its number; raises UnreadableSheet, SheetTooLarge,
    SheetTooWide."""
    _require_bounded(content, bounds)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_col=_FARTHEST)
        yield from _counted(found, bounds)
        book.close()
    except (*_BROKEN, IndexError, TypeError) as error:
        raise UnreadableSheet(reason="xlsx") from error


def _counted(found: Iterator[Any], bounds: Bounds) -> Iterator[Line]:
    rows = 0
    for number, cells in enumerate(found, start=1):
        texts = [_text(cell) for cell in cells]
        if not any(text.strip() for text in texts):
            continue
        rows += 1
        if rows > bounds.rows + 5:
            raise SheetTooLarge(what="rows", most=bounds.rows)
        yield number, narrow(number, texts, bounds)


def merged_rows(content: bytes) -> frozenset[int]:
    """The rows of the first worksheet that a merged cell covers: a value of them stands in the
    first one only. For a workbook that `lines` has read."""
    found: set[int] = set()
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheet: Any = book.worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for first, last in _merged(packed.read(sheet._worksheet_path)):
            found.update(range(int(first), min(int(last), int(first) + 10_000) + 1))
    book.close()
    return frozenset(found)


def _require_bounded(content: bytes, bounds: Bounds) -> None:
    """Unpack everything once, counting; a part with a document type is not a spreadsheet's."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist():
                with packed.open(part) as stream:
                    head = stream.read(_CHUNK)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise UnreadableSheet(reason="xlsx")
                    total += len(head)
                    while chunk := stream.read(_CHUNK):
                        total += len(chunk)
                        if total > bounds.unpacked:
                            raise SheetTooLarge(what="bytes", most=bounds.unpacked)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableSheet(reason="xlsx") from error


def _text(cell: Any) -> str:
    """A cell as a person reads it. A number of sixteen digits was rounded when it was typed."""
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= _EXACT:
        return LONG_NUMBER
    return str(int(value)) if value == int(value) else str(value)
