"""Word and Excel without macros (ECMA-376): a container whose every part is read, within bounds.

What it claims of its sizes is not believed: parts are unpacked up to a limit (security.md §2.3).
"""

import re
import zipfile
import zlib
from typing import BinaryIO

from apps.attachments.errors import ActiveContent, Bomb, ContentDiffers, Damaged
from apps.attachments.rules import Kind

_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MOST_PARTS = 2_000
_MOST_UNPACKED = 100 * 1024 * 1024
_PIECE = 256 * 1024
_FORBIDDEN = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|externallinks/|macrosheets/|dialogsheets/"
    r"|customui|\.(bin|exe|dll|js|vbs|html?|svg|swf|jar)$",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"/printersettings/[^/]*\.bin$", re.IGNORECASE)
_ACTS = (
    (re.compile(rb"macroEnabled|vnd\.ms-office\.vba", re.IGNORECASE), "macro"),
    (re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE), "entity"),
    (
        re.compile(rb"\bDDEAUTO\b|ddeLink|instrText[^>]{0,80}>[^<]{0,40}\bDDE\b", re.IGNORECASE),
        "dde",
    ),
)
_relation = re.compile(rb"<(?:\w{1,20}:)?Relationship\b[^>]{0,4000}>", re.IGNORECASE)
_outside = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_link = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/hyperlink\s*[\"']", re.IGNORECASE)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,  # locked with a password
    OverflowError,
    KeyError,
)


def require(kind: Kind, file: BinaryIO) -> None:
    """Raise ContentDiffers, ActiveContent, Damaged, Bomb."""
    try:
        with zipfile.ZipFile(file) as container:
            _parts(kind, container)
            _contents(container)
    except _UNREADABLE as error:
        raise Damaged(kind=kind.code) from error


def _parts(kind: Kind, container: zipfile.ZipFile) -> None:
    names = [part.filename for part in container.infolist()]
    if len(names) > _MOST_PARTS:
        raise Bomb(kind=kind.code)
    if len({name.casefold() for name in names}) < len(names) or any(map(_escapes, names)):
        raise Damaged(kind=kind.code)
    for name in names:
        if _FORBIDDEN.search(name) and not _HARMLESS.search(name):
            raise ActiveContent(found=name.rsplit("/", 1)[-1][:80])
    if not {"[Content_Types].xml", _MAIN[kind.code]} <= set(names):
        raise ContentDiffers(kind=kind.code)


def _escapes(name: str) -> bool:
    """A part that would lie outside of its folder were it unpacked (zip slip, ASVS 5.3.3)."""
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _contents(container: zipfile.ZipFile) -> None:
    left = _MOST_UNPACKED
    for part in container.infolist():
        with container.open(part) as stream:
            before = relations = b""
            kept = part.filename.endswith(".rels")
            while piece := stream.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise Bomb(kind="office")
                if part.filename.endswith((".xml", ".rels")):
                    _look(before + piece)
                before = piece[-64:]
                relations += piece if kept else b""
        _relations(relations)


def _look(text: bytes) -> None:
    """Also in UTF-16, which XML may be written in: every other byte is nothing then."""
    plain = text.replace(b"\0", b"")
    for acts, word in _ACTS:
        if acts.search(plain):
            raise ActiveContent(found=word)


def _relations(text: bytes) -> None:
    """Nothing is fetched from outside when the file is opened; a link one may click on is fine."""
    for relation in _relation.findall(text.replace(b"\0", b"")):
        if _outside.search(relation) and not _link.search(relation):
            raise ActiveContent(found="external")
