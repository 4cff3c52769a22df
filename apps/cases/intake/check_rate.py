"""How often one post asks who came before: a bucket an hour per post, in this process.

An installation with n web processes lets at most n times as many through; each question is on the
audit chain beside it.
"""

import threading
import time
from collections import OrderedDict
from uuid import UUID

from bancheng.kernel.hall import here

WINDOW_SECONDS = 3600.0
_MOST_BUCKETS = 20_000
_buckets: OrderedDict[tuple[str, UUID | None], tuple[float, int]] = OrderedDict()
_lock = threading.Lock()


def within(post: UUID | None, most: int) -> bool:
    """Count one question; False once there were more than `most` in the hour."""
    key, now = (here().schema_name, post), time.monotonic()
    with _lock:
        until, asked = _buckets.get(key, (0.0, 0))
        if until <= now:
            until, asked = now + WINDOW_SECONDS, 0
        _buckets[key] = (until, asked + 1)
        _buckets.move_to_end(key)
        while len(_buckets) > _MOST_BUCKETS:
            _buckets.popitem(last=False)
        return asked < most


def forget() -> None:
    """Empty all buckets: between tests."""
    with _lock:
        _buckets.clear()
