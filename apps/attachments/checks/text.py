"""Plain text: letters in UTF-8 or GB 18030, nothing that a browser could take for a page."""

import codecs
from typing import BinaryIO

from apps.attachments.errors import ActiveContent, ContentDiffers

_PIECE = 64 * 1024
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<svg", b"<?xml", b"<script", b"<iframe")
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


def require(file: BinaryIO) -> None:
    """Raise ActiveContent for markup, ContentDiffers for anything that is not text."""
    if file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise ActiveContent(found="markup")
    if not any(_is_text(file, coding) for coding in ("utf-8", "gb18030")):
        raise ContentDiffers(kind="txt")


def _is_text(file: BinaryIO, coding: str) -> bool:
    decoder = codecs.getincrementaldecoder(coding)()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            if not _CONTROL.isdisjoint(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
