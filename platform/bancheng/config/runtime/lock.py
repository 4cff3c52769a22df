"""One start per data folder: the second one is told who holds it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bancheng.config.runtime.errors import CannotStart


@contextmanager
def held(folder: Path, *, what: str) -> Iterator[None]:
    """Hold `folder` for this process; the kernel lets go when the process ends, however it ends.

    Raises `data.in_use` naming the holder.
    """
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _in_use(folder, file.read()) from error
        file.truncate(0)
        json.dump({"pid": os.getpid(), "what": what}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _in_use(folder: Path, text: str) -> CannotStart:
    try:
        holder = json.loads(text)
        who = f"'{holder['what']}' (process {holder['pid']})"
        advice = f"Stop it with Ctrl-C in its terminal or: kill {holder['pid']}"
    except (ValueError, KeyError, TypeError):
        who, advice = "another process", "Wait a moment and try again."
    return CannotStart("data.in_use", f"{folder} is already in use by {who}.", advice)
