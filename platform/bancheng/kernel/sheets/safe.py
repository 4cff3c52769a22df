"""Text that a spreadsheet takes for text (security.md §2.3: CWE-1236)."""

import re

LONGEST = 32_767
"""What one cell of a spreadsheet holds."""
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
_NUMBER_LIKE = re.compile(r"0\d+|\d{11,}").fullmatch
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without what no file may hold, and no longer than a cell."""
    return _UNPRINTABLE.sub("", text)[:LONGEST]


def as_text(text: str) -> str:
    """An apostrophe before what a spreadsheet would run."""
    shown = clean(text)
    active = text.startswith(_ACTIVE) or shown.lstrip().startswith(_ACTIVE)
    return f"'{shown}" if active else shown


def as_typed(text: str) -> str:
    """A cell without the apostrophe that `as_text` put before it."""
    return text[1:] if text.startswith("'") and as_text(text[1:]) == text else text


def for_csv(text: str) -> str:
    """The same, and before what would be turned into a number: no cell has a type there."""
    return f"'{clean(text)}" if _NUMBER_LIKE(clean(text)) else as_text(text)
