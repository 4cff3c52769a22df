"""The ledger as CSV: UTF-8 with its mark, so that a spreadsheet reads the Chinese; what the file
says of itself comes last, and a file without it is not complete."""

import csv
from collections.abc import Iterator
from io import StringIO

from apps.ledger.cells import Cell, Words, figure, text
from apps.ledger.services.exporting import File
from apps.ledger.sheets import about
from bancheng.kernel.sheets import safe

TYPE = "text/csv; charset=utf-8"
_MARK = b"\xef\xbb\xbf"


def written(file: File, words: Words) -> Iterator[bytes]:
    """The file batch by batch."""
    heads = [words["column"][column.key] for column in file.columns]
    yield _MARK + _rows([heads])
    count = 0
    for batch in file.lines:
        count += len(batch)
        yield _rows([[_shown(cell, words) for cell in line] for line in batch])
    told = [[safe.for_csv(label), safe.for_csv(value)] for label, value in
            about.facts(file, count, words)]  # fmt: skip
    yield _rows([[], *told])


def _shown(cell: Cell, words: Words) -> str | int:
    number = figure(cell)
    return number if number is not None else safe.for_csv(text(cell, words))


def _rows(rows: list[list[str | int]] | list[list[str]]) -> bytes:
    kept = StringIO()
    csv.writer(kept, lineterminator="\r\n").writerows(rows)
    return kept.getvalue().encode()
