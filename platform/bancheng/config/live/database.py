"""Database work of the sockets: few threads of their own, so few connections."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar, cast

from channels.db import database_sync_to_async

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live")


def in_thread(ask: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """`ask` to be awaited; it runs with the caller's hall."""
    run = database_sync_to_async(ask, thread_sensitive=False, executor=_threads)
    return cast(Callable[P, Awaitable[R]], run)
