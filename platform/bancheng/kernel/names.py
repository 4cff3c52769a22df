"""Names that leave the database carry the hall: cache keys, channels, paths, signatures.

One builder for each (security.md §2.2), so that no name can be made that another hall shares.
"""

import hashlib

from django.core import signing

from bancheng.kernel.hall import here


def cache_key(kind: str, *parts: object) -> str:
    """A cache key that no other hall can produce."""
    return f"{here().schema_name}:{kind}:" + ":".join(str(part) for part in parts)


def live_channel(schema_name: str) -> str:
    """The Valkey channel on which a hall's live hints travel."""
    return f"live:{schema_name}"


def presence_channel(schema_name: str) -> str:
    """The Valkey channel on which the pages of a hall say that they are there."""
    return f"presence:{schema_name}"


def group(kind: str, ident: object) -> str:
    """A collision-free name for a set of sockets of this hall."""
    raw = f"{here().schema_name}\0{kind}\0{ident}"
    return hashlib.sha256(raw.encode()).hexdigest()


def file_path(kind: str, name: str) -> str:
    """A storage path below the hall's own folder; `name` must be a plain file name."""
    if not name or name.startswith(".") or not set(name).isdisjoint("/\\\0"):
        raise ValueError("not a plain file name")
    return f"{here().schema_name}/{kind}/{name}"


def _salt(purpose: str) -> str:
    return f"{purpose}:{here().schema_name}"


def sign(purpose: str, value: str) -> str:
    """Sign a value for one purpose in this hall, with the time of signing."""
    return signing.TimestampSigner(salt=_salt(purpose)).sign(value)


def unsign(purpose: str, signed: str, max_age: int) -> str | None:
    """The signed value, or None when it is forged, another hall's, or older than `max_age` s."""
    try:
        return signing.TimestampSigner(salt=_salt(purpose)).unsign(signed, max_age=max_age)
    except signing.BadSignature:
        return None
