"""A picture is not kept as it came: its points are, in a new file without a word beside them.

Where a complainant stood, with which telephone and when, is nobody's business (ASVS 14.2.8), and a
file that is a picture and a script at once is a picture afterwards.
"""

import struct
import threading
from typing import BinaryIO, cast

from PIL import Image, ImageOps

from apps.attachments.errors import Bomb, ContentDiffers, Damaged
from apps.attachments.rules import Kind
from apps.attachments.storage import Writer

_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_EDGE = 4096
_MOST_POINTS = {"JPEG": 120_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
_SAVED: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 88, "method": 2},
}
_UNREADABLE = (
    OSError,  # UnidentifiedImageError among them
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    struct.error,
    AttributeError,
)
_one_at_a_time = threading.Lock()


def remake(kind: Kind, source: BinaryIO, target: Writer) -> None:
    """Write the picture anew, upright and at most 4096 points long; one at a time in a process,
    for the sake of its memory. Raises ContentDiffers, Damaged, Bomb."""
    wanted = _FORMATS[kind.code]
    with _one_at_a_time:
        try:
            with Image.open(source, formats=list(_FORMATS.values())) as found:
                if found.format != wanted:
                    raise ContentDiffers(kind=kind.code)
                clean = _points(found, wanted)
            clean.save(cast(BinaryIO, _Sink(target)), format=wanted, **_SAVED[wanted])
        except Image.DecompressionBombError as error:
            raise Bomb(kind=kind.code) from error
        except _UNREADABLE as error:
            raise Damaged(kind=kind.code) from error


def _points(found: Image.Image, wanted: str) -> Image.Image:
    """The first picture's points alone."""
    width, height = found.size
    if width * height > _MOST_POINTS[wanted] or max(width, height) > 30_000:
        raise Bomb(kind=wanted.lower())
    found.draft("RGB", (_EDGE, _EDGE))
    upright = ImageOps.exif_transpose(found)
    upright.thumbnail((_EDGE, _EDGE))
    mode = "RGBA" if wanted != "JPEG" and upright.has_transparency_data else "RGB"
    plain = upright.convert(mode)
    clean = Image.new(mode, plain.size)
    clean.paste(plain)
    return clean


class _Sink:
    """What a picture library needs of a file: it is written from front to end."""

    def __init__(self, target: Writer) -> None:
        self._target = target

    def write(self, plain: bytes) -> int:
        return self._target.write(bytes(plain))

    def flush(self) -> None:
        self._target.flush()
