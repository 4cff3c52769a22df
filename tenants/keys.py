"""Envelope keys: data, index, audit and conduct, four per hall, wrapped by the master key.

Unwrapped keys stay in this process's memory only (security.md §4.2). Destroying a hall's row
destroys what its fields hold, backups included.
"""

import os
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bancheng.kernel import crypto
from bancheng.kernel.crypto import HallKeys
from bancheng.kernel.hall import HallRef, hall
from tenants.models import Hall, HallKey

_SIZES = {"data": 16, "index": 32, "audit": 32, "conduct": 16}


def keys_of(ref: HallRef | None) -> HallKeys:
    """The unwrapped keys of a hall, or those of the shared schema."""
    return _shared() if ref is None else _unwrapped(ref)


def make(owner: Hall) -> HallKey:
    """Fresh keys for a new hall, wrapped; the caller saves them."""
    fresh = {purpose: wrapped(owner.schema_name, purpose) for purpose in _SIZES}
    return HallKey(hall=owner, role=owner.role, **fresh)


def wrapped(schema_name: str, purpose: str) -> bytes:
    """A fresh key of a hall for one purpose, wrapped by the master key."""
    return crypto.seal(_master(), os.urandom(_SIZES[purpose]), _bound(schema_name, purpose))


@lru_cache(maxsize=2000)
def _unwrapped(ref: HallRef) -> HallKeys:
    with hall(ref):
        row = HallKey.objects.get(hall_id=ref.id)
    opened = {
        purpose: crypto.open_sealed(
            _master(), bytes(getattr(row, purpose)), _bound(ref.schema_name, purpose)
        )
        for purpose in _SIZES
    }
    return HallKeys(ref.schema_name, **opened)


@lru_cache(maxsize=1)
def _shared() -> HallKeys:
    derived = HKDF(hashes.SHA256(), sum(_SIZES.values()), None, b"bancheng shared schema")
    raw = derived.derive(_master())
    return HallKeys("public", raw[:16], raw[16:48], raw[48:80], raw[80:])


@lru_cache(maxsize=100)
def network_index_key(network_id: UUID) -> bytes:
    """A network's key for counting visits across its halls: made from the master key, so that it
    lies in no database and no hall's key leads to it (security.md §4.2)."""
    info = f"bancheng network index {network_id}".encode()
    return HKDF(hashes.SHA256(), 32, None, info).derive(_master())


def _master() -> bytes:
    key = bytes.fromhex(settings.MASTER_KEY)
    if len(key) < 16:
        raise ValueError("BANCHENG_MASTER_KEY must hold at least 32 hex digits")
    return key[:16]


def _bound(schema_name: str, purpose: str) -> bytes:
    return f"{schema_name}|{purpose}|key".encode()
