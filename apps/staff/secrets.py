"""What is stored of a secret that people or devices carry."""

import hashlib


def digest(secret: str) -> bytes:
    """SHA-256 of a random 256-bit secret: enough, because there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
