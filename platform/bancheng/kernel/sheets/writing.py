"""Templates and exports: plain text cells that no spreadsheet program calculates."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bancheng.kernel.sheets.columns import Column
from bancheng.kernel.sheets.safe import as_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_WIDTH = 22


def as_xlsx(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A workbook with one sheet: headings, required ones with an asterisk, and text cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for at in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
    sheet.freeze_panes = "A2"
    heads = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column.head + ("*" if column.required else ""))
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        cells = [WriteOnlyCell(sheet, as_text(row.get(column.key, ""))) for column in columns]
        for cell in cells:
            cell.number_format = "@"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with a mark, so that office programs read it as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.head for column in columns])
    for row in rows:
        writer.writerow([as_text(row.get(column.key, "")) for column in columns])
    return out.getvalue().encode("utf-8-sig")
