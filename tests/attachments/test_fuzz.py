"""A few thousand broken and disguised files: each is taken in or refused, none breaks the hall."""

import io
import random
import re
from typing import Any

import pytest

from apps.attachments import checks
from apps.attachments.checks import pictures
from apps.attachments.rules import KINDS
from bancheng.kernel.errors import Refusal
from tests.support import files

_SEEDS = {
    "jpg": files.photo(),
    "png": files.picture("png"),
    "webp": files.picture("webp"),
    "pdf": files.pdf(files.packed_objects(b"4 0 << /Title (x) >>")),
    "docx": files.document(),
    "xlsx": files.sheet(),
    "txt": files.TEXT * 20,
}
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
_MARKS = (
    b"/JavaScript",
    b"<script>",
    b"PK\x03\x04",
    b"\xff\xd9",
    b"\0\0\0\0",
    _SVG,
    b"#4a",
    b"%%EOF",
)
_script = re.compile(rb"/JavaScript(?![\w.+#-])").search


class Kept(io.BytesIO):
    """Takes what a picture is written to, as a sealed file would."""

    size = 0


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """One to eight wounds: bytes turned, pieces cut, doubled, or put in from elsewhere."""
    body = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(body) + 1)
        match chance.randrange(4):
            case 0 if body:
                body[at % len(body)] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(64)]
            case 2:
                body[at:at] = body[at : at + chance.randrange(64)]
            case _:
                body[at:at] = chance.choice(_MARKS)
    return bytes(body)


def looked_into(kind: str, body: bytes) -> bytes | None:
    """What is kept of it; None when it is refused."""
    source: Any = io.BytesIO(body)
    try:
        checks.require(KINDS[kind], source)
        if KINDS[kind].family != "image":
            return body
        target: Any = Kept()
        source.seek(0)
        pictures.remake(KINDS[kind], source, target)
    except Refusal:
        return None
    return bytes(target.getvalue())


@pytest.mark.filterwarnings("ignore")  # of a library that is sent rubbish
@pytest.mark.parametrize("kind", list(_SEEDS))
def test_nothing_broken_breaks_the_hall(kind: str) -> None:
    """security.md §6 row 10: no uncaught error, no forbidden thing kept."""
    chance, kept = random.Random(kind), 0
    many = 800 if KINDS[kind].family == "image" else 2_000

    for _ in range(many):
        body = mutated(_SEEDS[kind], chance)
        result = looked_into(kind, body)
        if result is None:
            continue
        kept += 1
        if KINDS[kind].family == "image":
            assert b"<script>" not in result
            assert b"<svg" not in result
        if kind == "pdf":
            assert not _script(body)

    assert kept < many


@pytest.mark.parametrize("kind", list(_SEEDS))
def test_one_kind_is_not_taken_for_another(kind: str) -> None:
    others = {name: body for name, body in _SEEDS.items() if name != kind}

    taken = [name for name, body in (others | {"svg": _SVG}).items() if looked_into(kind, body)]

    assert taken == []
