"""Pokes: "look at hall X". They may be lost or doubled freely, because sweeps find the same work.

A broker that is away must never turn a committed request into an error (security.md §5.9), so a
poke that cannot be sent is done by one local thread instead, and the broker is left alone a while.
"""

import contextvars
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.db import connections, transaction

from bancheng.kernel.hall import current

log = logging.getLogger(__name__)
_REST_SECONDS = 5.0
_local = ThreadPoolExecutor(max_workers=1, thread_name_prefix="poke")
_work: dict[str, Callable[[], object]] = {}
_away_until = 0.0
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def work(task: str, run: Callable[[], object]) -> None:
    """Name the function a poke for `task` comes down to, for the time without a broker."""
    _work[task] = run


@contextmanager
def quiet() -> Iterator[None]:
    """No pokes and no live hints in here: for bulk work that drains what it leaves itself."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    """True inside `quiet()`."""
    return _quiet.get()


def after_commit(task: str) -> None:
    """Poke `task` for the current hall once this transaction has committed; once is enough."""
    if is_quiet() or any(
        _waits(one[1], task) for one in transaction.get_connection().run_on_commit
    ):
        return
    transaction.on_commit(partial(now, task), robust=True)


def _waits(after: Callable[[], object], task: str) -> bool:
    return isinstance(after, partial) and after.func is now and after.args == (task,)


def now(task: str) -> None:
    """Send the poke, or run its work locally when the broker is away. Never raises."""
    global _away_until
    ref = current.get()
    if time.monotonic() >= _away_until:
        try:
            headers = {"hall": ref.schema_name if ref else None}
            current_app.send_task(task, headers=headers, retry=False, ignore_result=True)
            return
        except Exception:
            _away_until = time.monotonic() + _REST_SECONDS
            log.warning("broker away, %s runs locally", task)
    if task in _work:
        _local.submit(contextvars.copy_context().run, _run_locally, task)


def _run_locally(task: str) -> None:
    try:
        _work[task]()
    except Exception:
        log.exception("local %s failed; the sweep will find its work", task)
    finally:
        connections.close_all()
