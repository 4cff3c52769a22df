"""Moments read from PostgreSQL."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

from bancheng.kernel.database import moments

pytestmark = pytest.mark.django_db


def asked(text: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22 08:40:00+08", datetime(2026, 11, 22, 0, 40, tzinfo=UTC)),
        ("2026-11-22 08:40:00.1+00", datetime(2026, 11, 22, 8, 40, 0, 100_000, tzinfo=UTC)),
        ("1970-01-01 00:00:00.000001+00", datetime(1970, 1, 1, microsecond=1, tzinfo=UTC)),
        ("0001-01-02 00:00:00+00", datetime(1, 1, 2, tzinfo=UTC)),
    ],
)
def test_a_moment_comes_back_as_it_was(text: str, expected: datetime) -> None:
    """design.md §3: moments are aware and in UTC, to the microsecond."""
    found = asked(text)

    assert (found, getattr(found, "tzinfo", None)) == (expected, UTC)


def test_the_quick_way_is_the_one_that_is_used() -> None:
    """performance.md W3: a connection that the product opened reads moments by it."""
    assert connection.connection.adapters.get_loader(1184, 0) is moments.native


def test_what_python_cannot_hold_is_refused_as_before() -> None:
    """A moment without end is no date of Python's: an error of the data, not of the server."""
    with pytest.raises(DataError):
        asked("infinity")
