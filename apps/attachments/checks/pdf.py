"""PDF (ISO 32000-2): read, never run. What acts, carries files or hides is refused.

Names may be written in disguise (`/J#61vaScript`), and whole objects may lie in compressed object
streams: both are opened first. A file that is locked with a password cannot be examined, and
nobody in the hall could read it.
"""

import re
import zlib
from typing import BinaryIO

from apps.attachments.errors import ActiveContent, Bomb, Damaged

_MOST_OPENED = 64 * 1024 * 1024
_MOST_STREAMS = 20_000
_acts = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|ImportData|SubmitForm|XFA|GoToE)"
    rb"(?![A-Za-z0-9_.+-])"
)
_locked = re.compile(rb"/Encrypt(?![A-Za-z0-9_.+-])")
_disguised = re.compile(rb"#([0-9A-Fa-f]{2})")
_packed = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_stream = re.compile(rb"(?<!end)stream\r?\n")


def require(file: BinaryIO) -> None:
    """Raise ActiveContent, Damaged (locked, no end, or packed in a way nobody uses), Bomb."""
    raw = file.read()
    if b"%%EOF" not in raw[-2048:] or b"startxref" not in raw:
        raise Damaged(kind="pdf")
    _look(_plain(raw))
    opened = end = 0
    for number, found in enumerate(_stream.finditer(raw)):
        if number > _MOST_STREAMS:
            raise Bomb(kind="pdf")
        said, end = _plain(raw[end : found.start()]), found.end()
        if _packed.search(said):
            inside = _opened(raw[end:], said, _MOST_OPENED - opened)
            opened += len(inside)
            _look(_plain(inside))


def _look(text: bytes) -> None:
    if _locked.search(text):
        raise Damaged(kind="pdf", locked=True)
    if found := _acts.search(text):
        raise ActiveContent(found=found.group(1).decode())


def _plain(raw: bytes) -> bytes:
    """With names as a reader would read them."""
    return _disguised.sub(lambda hit: bytes([int(hit.group(1), 16)]), raw)


def _opened(packed: bytes, said: bytes, most: int) -> bytes:
    """The objects of an object stream, however small it was made; what its dictionary says, with
    all that stands between the stream before and this one, is `said`."""
    unpack = zlib.decompressobj()
    try:
        inside = unpack.decompress(packed, most + 1)
    except zlib.error as error:
        if b"/Filter" in said:
            raise Damaged(kind="pdf") from error
        return b""  # not packed at all: it was looked at with everything else
    if b"/Predictor" in said:
        raise Damaged(kind="pdf")
    if len(inside) > most:
        raise Bomb(kind="pdf")
    return inside
