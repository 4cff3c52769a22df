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
class HallKeys:
    """A hall's own keys, unwrapped: data (16 bytes), index and audit (32 bytes each)."""

    schema_name: str
    data: bytes = field(repr=False)
    index: bytes = field(repr=False)
    audit: bytes = field(repr=False)

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
