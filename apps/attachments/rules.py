"""Which files there are, by name and by nature; and the states between arrival and end."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`unscanned` is released without an examination, because the hall has no scanner. `coming` is
    on its way from another hall, `not_taken` was not taken from it, `sent_up` went with a sealed
    file to the hall above."""

    QUARANTINED = "quarantined"
    CLEAN = "clean"
    UNSCANNED = "unscanned"
    INFECTED = "infected"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    COMING = "coming"
    NOT_TAKEN = "not_taken"
    SENT_UP = "sent_up"


RELEASED = frozenset({State.CLEAN, State.UNSCANNED})
GONE = frozenset({State.INFECTED, State.WITHDRAWN, State.NOT_TAKEN, State.SENT_UP})
"""There are no bytes, or nobody here has their key; the line that says so stays."""
FIXED = GONE | {State.COMING}
"""Nobody takes them back."""
TRAVELS = RELEASED | {State.QUARANTINED, State.COMING}
"""May be sent along with a letter; what is not released yet follows as soon as it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its endings, its media type, the family that limits and checks it."""

    code: str
    endings: tuple[str, ...]
    media: str
    family: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("jpg", ("jpg", "jpeg"), "image/jpeg", "image"),
        Kind("png", ("png",), "image/png", "image"),
        Kind("webp", ("webp",), "image/webp", "image"),
        Kind("pdf", ("pdf",), "application/pdf", "pdf"),
        Kind(
            "docx",
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "office",
        ),
        Kind(
            "xlsx",
            ("xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "office",
        ),
        Kind("txt", ("txt",), "text/plain; charset=utf-8", "text"),
    )
}
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_PROGRAMS = {"app", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "jar", "lnk", "msi", "pif"}
_SCRIPTS = {"docm", "js", "jse", "php", "ps1", "reg", "scr", "sh", "vbe", "vbs", "wsf", "xlsm"}
_PAGES = {"hta", "htm", "html", "mht", "svg", "svgz", "swf", "url", "xhtml", "xml", "zip"}
_RUNS = frozenset(_PROGRAMS | _SCRIPTS | _PAGES)
"""Endings that no part of a name may be: `photo.php.jpg` pretends (ASVS 5.4.1)."""
LONGEST_NAME = 120
_apart = re.compile(r"[/\\]")


def plain_name(raw: str) -> str:
    """A file's own name: the last part of a path, without what steers a screen or a shell.

    Control, format (right-to-left overrides among them) and private characters go.
    """
    last = _apart.split(unicodedata.normalize("NFC", raw))[-1]
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    name = " ".join(kept.split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[:LONGEST_NAME]


def kind_of(name: str) -> Kind | None:
    """The kind that a plain name says; None for an unknown one and for one that pretends."""
    stem, *endings = name.casefold().split(".")
    if not stem or not endings or not _RUNS.isdisjoint(endings):
        return None
    return _BY_ENDING.get(endings[-1])
