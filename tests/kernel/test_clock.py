"""One clock; the day is the hall's day."""

from datetime import UTC, date, datetime

import pytest

from bancheng.kernel import clock


def test_the_hall_day_begins_at_sixteen_hours_utc() -> None:
    """Asia/Shanghai is UTC+8 without summer time."""
    before = datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)
    after = datetime(2026, 11, 22, 16, 0, 0, tzinfo=UTC)

    assert (clock.day_of(before), clock.day_of(after)) == (date(2026, 11, 22), date(2026, 11, 23))


def test_a_held_clock_stands_still_and_is_let_go() -> None:
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    with clock.frozen(at):
        assert (clock.now(), clock.today()) == (at, date(2026, 11, 23))

    assert clock.now() != at


def test_the_clock_takes_no_naive_instant() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 11, 23, 9, 0)):
        pass
