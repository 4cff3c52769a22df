"""Answers are the same bytes as REST framework's own renderer would write."""

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from rest_framework.renderers import JSONRenderer

from bancheng.kernel.api.rendering import QuickJSONRenderer


class State(StrEnum):
    OPEN = "open"


VALUES: list[Any] = [
    {"text": "结婚证\u2003𠮷\n", "state": State.OPEN, "none": None, "yes": True},
    UUID("0198c0de-0000-7000-8000-000000000001"),
    datetime(2026, 11, 22, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai")),
    datetime(2026, 11, 22, 8, 40, 0, 120_000, tzinfo=UTC),
    datetime(2026, 11, 22, 8, 40, tzinfo=timezone(timedelta(0))),
    date(2026, 2, 28),
    time(9, 30),
    timedelta(minutes=3),
    Decimal("12.50"),
    OrderedDict(a=[1, 2.5, -3]),
    (1, 2),
    map(str, (1, 2)),
    {1: "a key that is no text"},
    {"large": 2**70},
]


@pytest.mark.parametrize("value", VALUES, ids=[type(value).__name__ for value in VALUES])
def test_an_answer_is_written_as_before(value: Any) -> None:
    """design.md §6: ids as texts, moments with their offset, UTC as Z, Chinese as it is."""
    again = map(str, (1, 2)) if isinstance(value, map) else value

    assert QuickJSONRenderer().render(value) == JSONRenderer().render(again)


def test_no_answer_has_no_body() -> None:
    """204: nothing at all."""
    assert QuickJSONRenderer().render(None) == b""


def test_what_is_no_answer_is_an_error() -> None:
    """An object that nobody put into a shape never leaves the house."""
    with pytest.raises(TypeError):
        QuickJSONRenderer().render(object())
