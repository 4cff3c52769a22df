"""The same hall twice: once as it is, once with something that nobody of it may know."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction

from apps.overview import kept
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import ids


class _Rewound(Exception):
    """Takes everything back that was written since."""


@dataclass
class Chance:
    """Where ids, numbers and secrets come from: the same ones in both halls. What is written in
    secret draws from a source of its own."""

    open: random.Random = field(default_factory=lambda: random.Random(1))
    secret: random.Random = field(default_factory=lambda: random.Random(2))
    ticks: int = 1_800_000_000_000_000_000
    in_secret: bool = False

    @property
    def source(self) -> random.Random:
        return self.secret if self.in_secret else self.open

    def urandom(self, size: int) -> bytes:
        return self.source.randbytes(size)

    def time_ns(self) -> int:
        if not self.in_secret:
            self.ticks += 1_000_000
        return self.ticks

    def randbelow(self, most: int) -> int:
        return self.source.randrange(most)

    def token_urlsafe(self, size: int) -> str:
        return self.urandom(size).hex()

    def token_hex(self, size: int) -> str:
        return self.urandom(size).hex()

    @contextmanager
    def secretly(self) -> Iterator[None]:
        self.in_secret = True
        yield
        self.in_secret = False


def told_in(script: Callable[[Chance], dict[str, Any]]) -> dict[str, Any]:
    """What the script tells of its hall, which is gone afterwards."""
    chance, told = Chance(), {}
    parameters.forget()
    kept.forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "os", chance)
        patch.setattr(ids, "time", chance)
        patch.setattr(ids, "secrets", chance)
        try:
            with transaction.atomic():
                told = script(chance)
                raise _Rewound
        except _Rewound:
            return told
