"""A file inside a JSON body."""

import base64
import binascii

from bancheng.kernel.sheets.errors import UnreadableSheet


def content_of(encoded: str) -> bytes:
    """The bytes of a base64 text; raises UnreadableSheet."""
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableSheet(reason="encoding") from error
