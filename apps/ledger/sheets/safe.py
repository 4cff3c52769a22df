"""Text that a spreadsheet takes for text (security.md §2.3: CWE-1236)."""

import re

from apps.ledger.cells import Cell

LONGEST = 32_767
"""What one cell of a spreadsheet holds."""
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
_NUMBER_LIKE = re.compile(r"0\d+|\d{11,}").fullmatch
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def number(cell: Cell) -> int | None:
    """What is to be a number in the file: figures, never digits that name something."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else None


def clean(text: str) -> str:
    """Without what no file may hold, and no longer than a cell."""
    return _UNPRINTABLE.sub("", text)[:LONGEST]


def for_csv(text: str) -> str:
    """An apostrophe before what a spreadsheet would run, or would turn into a number."""
    shown = clean(text)
    active = text.startswith(_ACTIVE) or shown.lstrip().startswith(_ACTIVE)
    return f"'{shown}" if active or _NUMBER_LIKE(shown) else shown
