"""How often somebody may try: a bucket per case number and per address, in this process.

There is no cache to share them, so an installation with n web processes lets at most n times as
many tries through: with six digits and ten tries a quarter of an hour that is still years. Each
time a bucket runs over the audit chain says so.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from apps.portal.errors import TooOften
from bancheng.kernel.hall import here

WINDOW_SECONDS = 900.0
PER_NUMBER = 10
PER_ADDRESS = 60
MESSAGES = 6
FILES = 20
_MOST_BUCKETS = 20_000

Key = tuple[str, str, str]


@dataclass(slots=True)
class _Bucket:
    until: float
    tries: int = 0


_buckets: OrderedDict[Key, _Bucket] = OrderedDict()
_lock = threading.Lock()


def count_try(number: str, address: str) -> None:
    """Count one try; raises TooOften once a bucket has run over."""
    schema, now = here().schema_name, time.monotonic()
    with _lock:
        _require((schema, "number", number), PER_NUMBER, now)
        _require((schema, "address", address), PER_ADDRESS, now)


def count_address(address: str) -> None:
    """Count something that is only limited per address: a code that opened nothing, a number or an
    appointment taken from afar; raises TooOften."""
    with _lock:
        _require((here().schema_name, "address", address), PER_ADDRESS, time.monotonic())


def count_message(case: str, address: str) -> None:
    """Count a message from a case's page, per case and per address; raises TooOften."""
    schema, now = here().schema_name, time.monotonic()
    with _lock:
        _require((schema, "message", case), MESSAGES, now)
        _require((schema, "address", address), PER_ADDRESS, now)


def count_file(case: str, address: str) -> None:
    """Count a file sent from a case's page, per case and per address; raises TooOften."""
    schema, now = here().schema_name, time.monotonic()
    with _lock:
        _require((schema, "file", case), FILES, now)
        _require((schema, "address", address), PER_ADDRESS, now)


def forget() -> None:
    """Empty all buckets: between tests."""
    with _lock:
        _buckets.clear()


def _require(key: Key, most: int, now: float) -> None:
    bucket = _buckets.get(key)
    if bucket is None or bucket.until <= now:
        _buckets[key] = bucket = _Bucket(now + WINDOW_SECONDS)
    _buckets.move_to_end(key)
    while len(_buckets) > _MOST_BUCKETS:
        _buckets.popitem(last=False)
    bucket.tries += 1
    if bucket.tries > most:
        raise TooOften(wait=int(bucket.until - now) + 1)
