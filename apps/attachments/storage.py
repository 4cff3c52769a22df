"""The bytes of files: sealed piece by piece below the data folder, outside of the web root.

A file is a row of pieces of 64 KiB, each `SM4-GCM` under the file's own key and bound to hall,
file, place in the row and whether it is the last: no piece can be moved, left out or cut off.
Until a file is kept its name ends in `.part`.
"""

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from bancheng.kernel import crypto, names
from bancheng.kernel.hall import here

PIECE = 64 * 1024
_SEALED = 1 + crypto.NONCE + PIECE + crypto.TAG
_PART = ".part"


class Readable(Protocol):
    """Anything that gives at most so many bytes, none at its end."""

    def read(self, size: int, /) -> bytes: ...


def new_key() -> bytes:
    """A key for one file."""
    return os.urandom(16)


def path_of(file_id: UUID) -> Path:
    """Where a file of the current hall lies."""
    return Path(settings.FILES) / names.file_path("attachments", file_id.hex)


def _part_of(file_id: UUID) -> Path:
    return path_of(file_id).with_suffix(_PART)


class Writer:
    """Takes plain bytes in any portions and leaves sealed pieces in a `.part` file."""

    def __init__(self, file_id: UUID, key: bytes, *, replacing: bool = False) -> None:
        """`replacing` the part of the same name, which stays readable for whoever has it open."""
        self._id, self._key, self._waiting, self._at = file_id, key, bytearray(), 0
        self.size = 0
        path = _part_of(file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if replacing:
            path.unlink()
        self._file = open(path, "wb", opener=_private)  # noqa: SIM115

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, plain: bytes) -> int:
        """Add bytes; the last piece stays back until `finish`."""
        self._waiting += plain
        self.size += len(plain)
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(plain)

    def flush(self) -> None:
        """For those who write pictures; what counts is `finish`."""

    def finish(self) -> None:
        """The last piece, on the disk."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _put(self, plain: bytes, *, last: bool) -> None:
        bound = _bound(here().schema_name, self._id, self._at, last=last)
        self._file.write(crypto.seal(self._key, plain, bound))
        self._at += 1


class Reader(io.RawIOBase):
    """The plain bytes of a sealed file, from any place; opened within its hall, read anywhere.

    Raises CannotOpen where a piece is missing, moved, changed, or under another key.
    """

    def __init__(self, file_id: UUID, key: bytes, size: int, *, part: bool = False) -> None:
        super().__init__()
        self._schema, self._id, self._key, self._size = here().schema_name, file_id, key, size
        self._file = open(_part_of(file_id) if part else path_of(file_id), "rb")  # noqa: SIM115
        self._at, self._known, self._plain = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, target: object, /) -> int:
        view = memoryview(target).cast("B")  # type: ignore[arg-type]
        if self._at >= self._size or not len(view):
            return 0
        number, inside = divmod(self._at, PIECE)
        given = self._piece(number)[inside : inside + len(view)]
        view[: len(given)] = given
        self._at += len(given)
        return len(given)

    def pieces(self) -> Iterator[bytes]:
        """Everything in order; closes the file."""
        with self:
            for number in range(max(1, -(-self._size // PIECE))):
                yield self._piece(number)

    def _piece(self, number: int) -> bytes:
        if number != self._known:
            last = (number + 1) * PIECE >= self._size
            self._file.seek(number * _SEALED)
            bound = _bound(self._schema, self._id, number, last=last)
            self._plain = crypto.open_sealed(self._key, self._file.read(_SEALED), bound)
            self._known = number
        return self._plain


def keep(file_id: UUID) -> None:
    """A part becomes the file: it is on the disk before the row that names it is committed."""
    if _part_of(file_id).exists():
        os.replace(_part_of(file_id), path_of(file_id))


def destroy(file_id: UUID) -> None:
    """Take a file and its part away; nothing happens where there is none."""
    for path in (_part_of(file_id), path_of(file_id)):
        path.unlink(missing_ok=True)


def older_than(seconds: float) -> Iterator[UUID]:
    """Files and parts of the current hall that nobody has written to for that long."""
    folder = path_of(UUID(int=0)).parent
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            old = time.time() - path.stat().st_mtime > seconds
        except FileNotFoundError:
            continue
        if old:
            yield UUID(path.stem)


def _bound(schema: str, file_id: UUID, number: int, *, last: bool) -> bytes:
    return f"{schema}|attachment|{file_id}|{number}|{'last' if last else 'more'}".encode()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
