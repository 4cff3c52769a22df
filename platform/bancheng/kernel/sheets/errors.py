"""Why a file as a whole cannot be taken; what is wrong in a row is a RowError beside the rows."""

from bancheng.kernel.errors import Refusal


class UnreadableSheet(Refusal):
    """Neither a CSV nor an XLSX file that can be read; `reason` says why."""

    code = "sheets.unreadable"
    status = 422


class SheetTooLarge(Refusal):
    """More than the bound allows: `what` (bytes, rows) and `most`."""

    code = "sheets.too_large"
    status = 422


class SheetTooWide(Refusal):
    """Row `row` says something beyond the `most` columns that are read: none is ignored."""

    code = "sheets.too_wide"
    status = 422


class WrongHeader(Refusal):
    """No row among the first names every column that is needed; `missing` ones, `found` ones."""

    code = "sheets.wrong_header"
    status = 422


class RepeatedHeader(Refusal):
    """Several headings mean the same column: `columns`."""

    code = "sheets.repeated_header"
    status = 422
