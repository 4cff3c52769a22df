"""City pages that were rendered already, kept under the number of the newest city event.

Every fold of the network publishes such an event in its own transaction, so a page under the
newest number is as fresh as a new one. When an event makes all open pages ask again, one of them
pays. A minute at most, because ranks and trends move by themselves.
"""

import time
from collections.abc import Callable, Hashable

SECONDS = 60.0
_MOST = 64
_pages: dict[Hashable, tuple[float, bytes]] = {}


def page(key: Hashable, render: Callable[[], bytes]) -> bytes:
    """The page of a key, rendered unless it was within the last minute."""
    until, body = _pages.get(key, (0.0, b""))
    if until > time.monotonic():
        return body
    body = render()
    if len(_pages) >= _MOST:
        _pages.clear()
    _pages[key] = (time.monotonic() + SECONDS, body)
    return body


def forget() -> None:
    """Drop all pages, between tests."""
    _pages.clear()
