"""SM4-GCM for fields, HMAC-SM3 for look-ups and chains (GB/T 32907, GB/T 32905; security.md §4).

A ciphertext is bound to hall, table, column and row: moved anywhere else it does not open.
"""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bancheng.kernel.errors import Refusal

VERSION = 1
NONCE = 12
TAG = 16


class CannotOpen(Refusal):
    """The ciphertext does not belong here, or was changed."""

    code = "crypto.cannot_open"
    status = 500


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SM3 over length-prefixed parts: 32 bytes."""
    digest = hmac.HMAC(key, hashes.SM3())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.finalize()


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """version | nonce | ciphertext | tag under a 16-byte SM4 key, authenticated with `bound_to`."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound_to)
    body = encryptor.update(plain) + encryptor.finalize()
    return bytes([VERSION]) + nonce + body + encryptor.tag


def open_sealed(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """The plain bytes; raises CannotOpen when moved, changed or of an unknown version."""
    if len(sealed) < 1 + NONCE + TAG or sealed[0] != VERSION:
        raise CannotOpen
    nonce, body, tag = sealed[1 : 1 + NONCE], sealed[1 + NONCE : -TAG], sealed[-TAG:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(bound_to)
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as error:
        raise CannotOpen from error


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key of one sealed file: what it seals, no other key of the hall opens."""

    bound_to: str
    key: bytes = field(repr=False)

    def seal(self, plain: str, column: str) -> bytes:
        """Encrypt one field of the file."""
        return seal(self.key, plain.encode(), f"{self.bound_to}|{column}".encode())

    def open(self, sealed: bytes, column: str) -> str:
        """Decrypt one field of the file it was sealed for."""
        bound_to = f"{self.bound_to}|{column}".encode()
        return open_sealed(self.key, bytes(sealed), bound_to).decode()


@dataclass(frozen=True, slots=True)
class HallKeys:
    """A hall's own keys, unwrapped: data and conduct (16 bytes), index and audit (32 bytes).

    `conduct` only wraps the keys of sealed files: a key that opens applicants opens none of them.
    """

    schema_name: str
    data: bytes = field(repr=False)
    index: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    conduct: bytes = field(default=b"", repr=False)

    def new_file_key(self, file: object) -> bytes:
        """A fresh key for a sealed file, wrapped for that file alone."""
        return seal(self.conduct, os.urandom(16), self._bound("file", "key", file))

    def file_key(self, wrapped: bytes, file: object) -> FileKey:
        """The key of the file it was wrapped for; raises CannotOpen for any other."""
        key = open_sealed(self.conduct, bytes(wrapped), self._bound("file", "key", file))
        return FileKey(f"{self.schema_name}|file|{file}", key)

    def _bound(self, table: str, column: str, row: object) -> bytes:
        return f"{self.schema_name}|{table}|{column}|{row}".encode()

    def seal(self, plain: str, *, table: str, column: str, row: object) -> bytes:
        """Encrypt one field of one row."""
        return seal(self.data, plain.encode(), self._bound(table, column, row))

    def open(self, sealed: bytes, *, table: str, column: str, row: object) -> str:
        """Decrypt one field of the row it was sealed for."""
        return open_sealed(self.data, bytes(sealed), self._bound(table, column, row)).decode()

    def blind_index(self, normalised: str) -> bytes:
        """16 bytes that match equal values inside this hall and mean nothing outside of it."""
        return mac(self.index, normalised.encode())[:16]
