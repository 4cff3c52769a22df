"""Identifiers made in Python: no sequence to leak a count, nothing that collides between halls."""

import os
import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A time-ordered UUID (version 7 layout, RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value &= ~(0xF << 76) & ~(0x3 << 62)
    return UUID(int=value | (0x7 << 76) | (0x2 << 62))


def tracking_code() -> str:
    """Six digits that a citizen keeps beside the case number."""
    return f"{secrets.randbelow(1_000_000):06d}"


def digits(count: int) -> str:
    """The random tail of a case number: short, and revealing no count (design.md §2)."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def schema_name() -> str:
    """An opaque schema name for a new hall."""
    return f"h_{secrets.token_hex(5)}"


def token() -> str:
    """A bearer secret of 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)
