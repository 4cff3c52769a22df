"""What a file is before anybody trusts it: looked at byte by byte, never by its name alone.

Every check raises a refusal with a code; none lets an error of a library through.
"""

from typing import BinaryIO

import filetype

from apps.attachments.checks import office, pdf, text
from apps.attachments.errors import ContentDiffers
from apps.attachments.rules import Kind

_HEAD = 8192


def require(kind: Kind, file: BinaryIO) -> None:
    """Read through a file that says it is of this kind.

    Raises ContentDiffers, ActiveContent, Damaged, Bomb. Pictures are made anew instead
    (`pictures`), so that here only their first bytes are asked.
    """
    head = file.read(_HEAD)
    file.seek(0)
    if not _is_like(kind, head):
        raise ContentDiffers(kind=kind.code)
    match kind.family:
        case "pdf":
            pdf.require(file)
        case "office":
            office.require(kind, file)
        case "text":
            text.require(file)


def _is_like(kind: Kind, head: bytes) -> bool:
    """The first bytes say the family; what is inside a container is asked there."""
    guessed = filetype.guess_extension(head)
    match kind.family:
        case "pdf":
            return head.startswith(b"%PDF-")
        case "office":
            return head.startswith(b"PK\x03\x04")
        case "text":
            return guessed is None
        case _:
            return guessed in kind.endings
