"""Bytes arrive: counted while they are read, sealed before they touch the disk, looked into.

All of this happens before any transaction begins, so that a slow line holds no lock. What is not
kept in the end is taken away again.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from cryptography.hazmat.primitives import hashes

from apps.attachments import checks, limits, permissions, rules, storage
from apps.attachments.checks import pictures
from apps.attachments.errors import BrokenOff, KindRefused, TooLarge
from apps.attachments.rules import Kind
from apps.attachments.storage import Readable, Reader, Writer
from bancheng.kernel import ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, Refusal

_PORTION = 64 * 1024


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody wants to add: its name, its bytes, how many were announced."""

    name: str
    stream: Readable
    announced: int | None
    personal: bool = False


@dataclass(slots=True)
class Arrival:
    """A file that is good and lies sealed on the disk; `kept` once a row is to name it.

    `digest` is of the name and the bytes as they came: the same intent sends the same ones again.
    """

    id: UUID
    kind: Kind
    name: str
    key: bytes
    size: int
    digest: bytes
    personal: bool
    kept: bool = False


@contextmanager
def received(offered: Offered, *, subject: str, subject_id: UUID, by: Actor) -> Iterator[Arrival]:
    """Take a file in for as long as it needs to be kept.

    Raises NotFound, Forbidden (before a byte is read), Invalid, KindRefused, TooLarge, BrokenOff,
    and what `checks` refuse. Nothing stays of what was refused, in here or by the caller.
    """
    permissions.require_add(permissions.sight(subject, subject_id, by), by)
    name = rules.plain_name(offered.name)
    kind = _kind(name)
    file_id = ids.new_id()
    arrival: Arrival | None = None
    try:
        arrival = _taken_in(file_id, kind, name, offered)
        yield arrival
    except Refusal:
        storage.destroy(file_id)
        raise
    if not arrival.kept:
        storage.destroy(file_id)


def _kind(name: str) -> Kind:
    if not name:
        raise Invalid(errors={"name": ["required"]})
    kind, taken = rules.kind_of(name), limits.kinds()
    if kind is None or kind.code not in taken:
        raise KindRefused(kinds=list(taken))
    return kind


def _taken_in(file_id: UUID, kind: Kind, name: str, offered: Offered) -> Arrival:
    key = storage.new_key()
    size, digest = _read(file_id, key, kind, offered)
    with _open(file_id, key, size) as file:
        checks.require(kind, file)
    if kind.family == "image":
        size, key = _remade(file_id, key, size, kind)
    return Arrival(file_id, kind, name, key, size, digest, offered.personal)


def _read(file_id: UUID, key: bytes, kind: Kind, offered: Offered) -> tuple[int, bytes]:
    """Seal what comes, no more than its kind may have; how much it was, and its SM3."""
    most_mb = limits.most_mb(kind)
    if offered.announced is not None and offered.announced > most_mb * limits.MB:
        raise TooLarge(most_mb=most_mb)
    digest = hashes.Hash(hashes.SM3())
    digest.update(f"{offered.name}\0".encode())
    with Writer(file_id, key) as target:
        while portion := offered.stream.read(_PORTION):
            if target.size + len(portion) > most_mb * limits.MB:
                raise TooLarge(most_mb=most_mb)
            digest.update(portion)
            target.write(portion)
        target.finish()
    if offered.announced is not None and target.size != offered.announced:
        raise BrokenOff
    if target.size == 0:
        raise Invalid(errors={"file": ["required"]})
    return target.size, digest.finalize()


def _remade(file_id: UUID, key: bytes, size: int, kind: Kind) -> tuple[int, bytes]:
    """The picture as it is kept: read from one sealed part into another, under a key of its own."""
    source = _open(file_id, key, size)
    fresh = storage.new_key()
    with source, Writer(file_id, fresh, replacing=True) as target:
        pictures.remake(kind, source, target)
        target.finish()
    return target.size, fresh


def _open(file_id: UUID, key: bytes, size: int) -> BinaryIO:
    reader = Reader(file_id, key, size, part=True)
    return cast(BinaryIO, io.BufferedReader(reader, storage.PIECE))
