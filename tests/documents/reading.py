"""Reading a PDF back as its reader would: its words, its pages, its fonts."""

import io
import unicodedata
from typing import Any

from pypdf import PdfReader


def words(pdf: bytes) -> str:
    """All words without blanks and line ends. Some Han characters are read back as the Kangxi
    radical they share a glyph with: compatibility forms count as the character."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(unicodedata.normalize("NFKC", text).split())


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font and whether its glyphs lie in the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        named: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
        for one in named.values():
            for inner in one.get_object()["/DescendantFonts"]:
                font = inner.get_object()
                described = font["/FontDescriptor"].get_object()
                found[str(font["/BaseFont"])] = "/FontFile3" in described
    return found
