"""A whole run on as many processes as there are cores; each has PostgreSQL and Valkey to itself."""

import os

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

MOST = 4
"""More are held up by the stories in browsers, which stay on one worker."""
TOGETHER = ("tests/browser", "tests/story", "tests/runtime")
"""Folders whose tests share a town, an installation, a pair of servers: one worker runs them."""
LONGEST = (
    "tests/browser",
    "tests/conduct/test_twin.py",
    "tests/contracts/test_permissions.py",
    "tests/story",
    "tests/demo",
)
"""What takes minutes begins first, so that no worker is left alone with it at the end."""


def number(config: pytest.Config) -> int:
    """How many processes `-n auto` means. One for a part of the suite, which would wait longer for
    their start than it gains, and where a server was given, whose roles all of them would share."""
    whole = config.args_source is not config.ArgsSource.ARGS
    if not whole or os.environ.keys() & {"DATABASE_URL", "REDIS_URL"}:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, MOST) if (cores or 1) > 1 else 0


def unit_of(nodeid: str) -> str:
    """What goes to one worker as a whole: a file, or a folder of those that share something."""
    file = nodeid.split("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


def longest_first(items: list[pytest.Item]) -> None:
    """Put what takes longest at the beginning, in its own order."""
    last = len(LONGEST)

    def place(item: pytest.Item) -> int:
        return next((at for at, name in enumerate(LONGEST) if item.nodeid.startswith(name)), last)

    items.sort(key=place)


class ByUnit(LoadScopeScheduling):
    """Units in the order of the collection, each to the worker that is free."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
