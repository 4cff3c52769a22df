"""Ctrl-C, SIGTERM and a closed terminal all mean: stop in order, once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked us to stop; like KeyboardInterrupt no handler may swallow it."""


@contextmanager
def stop_on_request() -> Iterator[None]:
    """The first signal raises StopRequested in the main thread, later ones are ignored.

    Ignored, because an impatient second Ctrl-C must not cut off the database's shutdown.
    """

    def ask(number: int, frame: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, _do_nothing)  # not SIG_IGN: a child would inherit that
        raise StopRequested

    previous = {each: signal.signal(each, ask) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in previous.items():
            signal.signal(each, handler)


def _do_nothing(number: int, frame: FrameType | None) -> None:
    return
