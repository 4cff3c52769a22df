"""Files that go along with a letter: what they are travels, sealed; their bytes and keys do not.

The hall that takes them asks the hall that has them, as that hall (`apps/attachments`), and seals
what it gets under a key of its own.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid5

from bancheng.kernel import keyring
from bancheng.kernel.hall import hall

FILES = "files"
_TABLE = "exchange_letterevent"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file as the hall that sends it knows it. `personal`: it shows who the applicant is."""

    id: UUID
    name: str
    kind: str
    size: int
    personal: bool


def ident(letter_id: UUID, file_id: UUID) -> UUID:
    """Under which id the other hall keeps a file of a letter: the same however often it is told of
    it, so that nothing is doubled."""
    return uuid5(letter_id, str(file_id))


def sealed(letter_id: UUID, seq: int, files: Sequence[Enclosed]) -> dict[str, str]:
    """What a line says of its files: names may be people's, so that only the two ends read them;
    nothing for no files."""
    if not files:
        return {}
    plain = json.dumps([asdict(one) | {"id": str(one.id)} for one in files], ensure_ascii=False)
    with hall(None):
        keys = keyring.keys()
    body = keys.seal(plain, table=_TABLE, column=FILES, row=f"{letter_id}:{seq}")
    return {FILES: b64encode(body).decode()}


def opened(letter_id: UUID, seq: int, data: Mapping[str, Any]) -> tuple[Enclosed, ...]:
    """The files of a line."""
    if FILES not in data:
        return ()
    with hall(None):
        keys = keyring.keys()
    body = b64decode(data[FILES])
    plain = keys.open(body, table=_TABLE, column=FILES, row=f"{letter_id}:{seq}")
    return tuple(Enclosed(**one | {"id": UUID(one["id"])}) for one in json.loads(plain))
