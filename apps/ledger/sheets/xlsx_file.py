"""The ledger as a workbook, written as it is read.

Cells are numbers or inline text; a formula is nothing that can be written here. (A library that
writes workbooks keeps the whole sheet until its end: a hundred thousand lines are a minute without
a byte, longer than what stands between a hall and its browser waits.)
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import RawIOBase
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from apps.ledger.cells import Cell, Words, figure, text
from apps.ledger.column import Column
from apps.ledger.queries import Line
from apps.ledger.services.exporting import File
from apps.ledger.sheets import about
from apps.ledger.sheets import xlsx_parts as parts
from bancheng.kernel import clock
from bancheng.kernel.sheets import safe

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY_ZERO = datetime(1899, 12, 30)
_SECONDS = 86_400
_ACROSS = 260
_LINE_PT, _MOST_LINES = 13.5, 12


class _Pipe(RawIOBase):
    """Takes what the archive writes and hands it on; it cannot be wound back."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        return len(data)

    def taken(self) -> bytes:
        """What came since it was asked last."""
        out = bytes(self._kept)
        self._kept.clear()
        return out


def written(file: File, words: Words) -> Iterator[bytes]:
    """The workbook piece by piece."""
    pipe, count = _Pipe(), 0
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        _fixed(archive, words)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_opening(file.columns, words).encode())
            for batch in file.lines:
                sheet.write(_batch(batch, count + 2, file.columns, words).encode())
                count += len(batch)
                yield pipe.taken()
            sheet.write(_closing(file, count, words).encode())
        archive.writestr("xl/worksheets/sheet2.xml", _about(about.facts(file, count, words)))
    yield pipe.taken()


def _fixed(archive: ZipFile, words: Words) -> None:
    say = words["ledger_about"]
    names = {name: escape(safe.clean(say[name])[:31], {"'": ""}) for name in ("ledger", "about")}
    archive.writestr("[Content_Types].xml", parts.TYPES)
    archive.writestr("_rels/.rels", parts.RELATIONS)
    archive.writestr("xl/_rels/workbook.xml.rels", parts.BOOK_RELATIONS)
    archive.writestr("xl/workbook.xml", parts.BOOK.format(**names))
    archive.writestr("xl/styles.xml", parts.STYLES)


def _opening(columns: Sequence[Column], words: Words) -> str:
    widths = "".join(_width(place, one) for place, one in enumerate(columns, 1))
    heads = "".join(_text(words["column"][one.key], parts.TITLE) for one in columns)
    return (
        f"{parts.SHEET}{parts.FITS}{parts.FROZEN}<cols>{widths}</cols>"
        f'<sheetData><row r="1">{heads}</row>'
    )


def _pages(columns: Sequence[Column]) -> int:
    """How many sheets of A3 side by side, so that it can still be read."""
    return max(1, round(sum(column.width for column in columns) / _ACROSS))


def _width(place: int, column: Column) -> str:
    return f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'


def _closing(file: File, count: int, words: Words) -> str:
    """The filter's arrows, the paper, and who took this at the foot of every page."""
    last = f"{_letters(len(file.columns))}{count + 1}"
    mark = escape(safe.clean(about.mark(file, words)).replace("&", "&&"))
    foot = f"<headerFooter><oddFooter>&amp;L{mark}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    paper = parts.PAGE.format(pages=_pages(file.columns))
    return f'</sheetData><autoFilter ref="A1:{last}"/>{paper}{foot}</worksheet>'


def _about(facts: list[about.Fact]) -> str:
    rows = "".join(
        f"<row>{_text(label, parts.TITLE)}{_text(value, parts.TEXT)}</row>"
        for label, value in facts
    )
    widths = '<cols><col min="1" max="1" width="18" customWidth="1"/>' \
             '<col min="2" max="2" width="80" customWidth="1"/></cols>'  # fmt: skip
    return f"{parts.SHEET}{widths}<sheetData>{rows}</sheetData></worksheet>"


def _batch(lines: list[Line], first: int, columns: Sequence[Column], words: Words) -> str:
    return "".join(_row(number, line, columns, words) for number, line in enumerate(lines, first))


def _row(number: int, line: Line, columns: Sequence[Column], words: Words) -> str:
    """A line as high as its longest text: not every program finds that out by itself."""
    cells, high = [], 1
    for cell, column in zip(line, columns, strict=True):
        shown = _plain(cell)
        if shown is None:
            said = text(cell, words)
            high = max(high, _lines(said, column.width))
            shown = _text(said, parts.TEXT)
        cells.append(shown)
    tall = f' ht="{min(high, _MOST_LINES) * _LINE_PT}" customHeight="1"' if high > 1 else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def _lines(said: str, width: int) -> int:
    """How many lines a text takes in a column; a Han character is twice as wide as a letter."""
    wide = len(said) if said.isascii() else 2 * len(said)
    return -(-wide // width)


def _plain(cell: Cell) -> str | None:
    """A number, a moment or a day; None for what is a text."""
    number = figure(cell)
    if number is not None:
        return f'<c s="{parts.NUMBER}"><v>{number}</v></c>'
    if isinstance(cell, datetime):
        local = cell.astimezone(clock.ZONE).replace(tzinfo=None)
        days = (local - _DAY_ZERO).total_seconds() / _SECONDS
        return f'<c s="{parts.MOMENT}"><v>{days:.10f}</v></c>'
    if isinstance(cell, date):
        return f'<c s="{parts.DAY}"><v>{(cell - _DAY_ZERO.date()).days}</v></c>'
    return None


def _text(shown: str, style: int) -> str:
    if not shown:
        return f'<c s="{style}"/>'
    inside = escape(safe.clean(shown))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _letters(place: int) -> str:
    """A, B … Z, AA: the name of a column."""
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
