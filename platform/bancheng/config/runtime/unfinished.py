"""A first start that was cut short is begun again: half a demo city is of use to nobody.

The note is written before the seeding and taken away after it, so that only what the demo itself
began is ever thrown away, and only in its own embedded database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bancheng.config.runtime import home, lock

NOTE = "seeding"


@contextmanager
def noted(folder: Path) -> Iterator[None]:
    """Mark the folder while the city is being made; the mark stays when that does not end well."""
    (folder / NOTE).touch()
    yield
    (folder / NOTE).unlink()


def is_noted(folder: Path) -> bool:
    """Whether an embedded first start was cut short here."""
    return (folder / NOTE).exists() and "DATABASE_URL" not in os.environ


def clear(folder: Path, *, what: str) -> bool:
    """Throw away the database of a first start that was cut short; True when there was one.

    Raises `data.in_use` while that start is still going on.
    """
    if not is_noted(folder):
        return False
    with lock.held(folder, what=what):
        shutil.rmtree(home.of_services(folder) / "postgres", ignore_errors=True)
        for left in ("demo.json", "history.json"):
            (folder / left).unlink(missing_ok=True)
        (folder / NOTE).unlink()
    return True
