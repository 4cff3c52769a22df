"""How much one socket may say, and how many sockets one person may hold (security.md §2.3)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

MESSAGES = 20
SECONDS = 10.0
SOCKETS = 6


class Bucket:
    """20 messages at once, refilled evenly within 10 seconds."""

    __slots__ = ("_at", "_left")

    def __init__(self, now: float) -> None:
        self._left = float(MESSAGES)
        self._at = now

    def take(self, now: float) -> bool:
        """True while the client keeps to its share; `now` is a monotonic time in seconds."""
        refill = (now - self._at) * MESSAGES / SECONDS
        self._left, self._at = min(float(MESSAGES), self._left + refill), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Places:
    """Sockets held per person, device or token owner in this process."""

    def __init__(self) -> None:
        self._held: Counter[tuple[str, UUID | None]] = Counter()

    @contextmanager
    def one(self, schema_name: str, owner: UUID | None) -> Iterator[bool]:
        """Hold a place while inside; False when all of the owner's places are taken."""
        key = (schema_name, owner)
        free = self._held[key] < SOCKETS
        if not free:
            yield False
            return
        self._held[key] += 1
        try:
            yield True
        finally:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]
