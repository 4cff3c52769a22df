"""The type of papers: two free fonts from a package, and those a hall's operator adds.

No font of the system is used, so that a paper looks the same everywhere. `BANCHENG_PAPER_FONTS`
names a folder with further fonts (a licensed 仿宋_GB2312 or 小标宋, one for rare characters): a
known name among them is taken for body or title, every one of them is looked through for
characters that the others lack.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as package
import typst
from django.conf import settings

from apps.documents.errors import CannotRender

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_BODY = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong")
_TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05")
_HEADING = ("SimHei", "黑体", "STHeiti")


@dataclass(frozen=True, slots=True)
class Type:
    """What the typesetter is given: the fonts, and the families of body, headings and title."""

    loaded: typst.Fonts
    body: list[str]
    heading: list[str]
    title: list[str]
    covered: frozenset[int]


@cache
def standard() -> Type:
    """Read once in a process: about half a second. Raises CannotRender where the package is not
    whole: without its font a page would stay empty."""
    folders = [package.serif_path().parent, *_added()]
    loaded = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, folders)]
    )
    if not {SERIF, SANS} <= set(loaded.families()):
        raise CannotRender(missing=[SERIF, SANS])
    files = [path for folder in folders for path in sorted(folder.glob("*.?tf"))]
    others = [name for name in loaded.families() if name not in (SERIF, SANS)]
    covered = frozenset(code for path in files for code in characters(path))
    return Type(
        loaded,
        body=[*(name for name in _BODY if name in others), SERIF, *others],
        heading=[*(name for name in _HEADING if name in others), SANS, SERIF, *others],
        title=[*(name for name in _TITLE if name in others), SERIF, *others],
        covered=covered,
    )


def _added() -> list[Path]:
    """The folder of the operator's own fonts."""
    folder: Path | None = settings.PAPER_FONTS
    return [folder] if folder else []


def missing(text: str) -> list[str]:
    """The characters of a text that no font has, each once, in their order."""
    covered = standard().covered
    lacking = (one for one in text if ord(one) not in covered and not one.isspace())
    return list(dict.fromkeys(lacking))


def characters(path: Path) -> frozenset[int]:
    """The code points a font has a glyph for, from its `cmap` table (formats 4 and 12)."""
    data = path.read_bytes()
    for at in _subtables(data):
        if struct.unpack_from(">H", data, at)[0] == 12:
            return frozenset(_of_groups(data, at))
    for at in _subtables(data):
        if struct.unpack_from(">H", data, at)[0] == 4:
            return frozenset(_of_segments(data, at))
    return frozenset()


def _subtables(data: bytes) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag != b"cmap":
            continue
        for entry in range(struct.unpack_from(">H", data, start + 2)[0]):
            yield start + struct.unpack_from(">I", data, start + 8 + 8 * entry)[0]


def _of_groups(data: bytes, at: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        yield from range(first if glyph else first + 1, last + 1)


def _of_segments(data: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        if last != 0xFFFF:
            yield from range(first, last + 1)
