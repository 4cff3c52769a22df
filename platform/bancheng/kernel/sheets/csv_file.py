"""CSV as office programs write it: UTF-8 with or without a mark, GB 18030, UTF-16."""

import csv
import io
from collections.abc import Iterator

from bancheng.kernel.sheets.columns import Bounds
from bancheng.kernel.sheets.errors import SheetTooLarge, SheetTooWide, UnreadableSheet

Line = tuple[int, list[str]]
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_WIDEST_CELL = 100_000


def lines(content: bytes, bounds: Bounds) -> Iterator[Line]:
    """Each line that has something in it, numbered; raises UnreadableSheet, SheetTooLarge,
    SheetTooWide."""
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableSheet(reason="binary")
    rows = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    csv.field_size_limit(_WIDEST_CELL)
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            rows += 1
            if rows > bounds.rows + 5:
                raise SheetTooLarge(what="rows", most=bounds.rows)
            yield number, narrow(number, cells, bounds)
    except csv.Error as error:
        raise UnreadableSheet(reason="csv") from error


def narrow(number: int, cells: list[str], bounds: Bounds) -> list[str]:
    """The cells that are read; raises SheetTooWide where one beyond them says something."""
    if any(cell.strip() for cell in cells[bounds.columns :]):
        raise SheetTooWide(row=number, most=bounds.columns)
    return cells[: bounds.columns]


def _decoded(content: bytes) -> str:
    marked = next((code for mark, code in _MARKS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet(reason="encoding")


def _delimiter(text: str) -> str:
    """The one that parts the first line most often; a comma where there is none."""
    first = text.split("\n", 1)[0]
    return max(",\t;", key=first.count)
