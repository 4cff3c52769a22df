"""A network with a month of facts, folded from plain records (the apps' own are tested apart)."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from apps.overview import kept, standing
from bancheng.city.rollups import services
from bancheng.city.rollups.facts import Facts, Slice
from bancheng.kernel import clock
from bancheng.kernel.hall import HallRef
from tests.city.rollups.conftest import Records, records

__all__ = ["records"]

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def body_of(answer: HttpResponse) -> Any:
    """What was answered, read back from JSON."""
    return json.loads(answer.content)


Fold = Callable[..., None]


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """The twentieth of November, and nothing kept of another test."""
    standing.forget()
    kept.forget()
    with clock.frozen(NOON):
        yield


@pytest.fixture
def fold(records: Records) -> Fold:
    """Write down what a hall did on a day, so many days before today, and fold it."""

    def write(ref: HallRef, *parts: Facts | Slice, back: int = 0) -> None:
        day = TODAY - timedelta(days=back)
        slices = [part if isinstance(part, Slice) else Slice(part) for part in parts]
        records.slices[ref.id, day] = slices
        assert services.fold_all([(ref.id, day)]) == 1

    return write
