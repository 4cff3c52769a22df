"""Until when one can turn where: vectors worked out by hand on the calendar (domain.md §3.9)."""

from datetime import date

import pytest

from apps.cases.rules import remedies

NEVER = frozenset[date]()


def rests_on(*days: str) -> remedies.Rests:
    """A calendar on which only these days rest."""
    found = {date.fromisoformat(day) for day in days}
    return lambda day: day in found


@pytest.mark.parametrize(
    ("notified", "last"),
    [
        ("2026-01-01", "2026-03-02"),  # 30 days left in January, 28 in February, 2 in March
        ("2024-01-01", "2024-03-01"),  # a leap year: 30, 29, 1
        ("2026-11-22", "2027-01-21"),  # 8, 31, 21
        ("2026-06-30", "2026-08-29"),  # 31, 29
    ],
)
def test_review_is_open_for_sixty_days_from_the_day_after_the_notice(
    notified: str, last: str
) -> None:
    """C-60, C-11: 行政复议法 20; the day of the notice does not count (民法典 201)."""
    found = remedies.review_until(date.fromisoformat(notified), rests_on())

    assert found == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("notified", "last"),
    [
        ("2026-03-15", "2026-09-15"),
        ("2026-08-31", "2027-02-28"),  # no 31st: the month's last day (民法典 202)
        ("2023-08-31", "2024-02-29"),
        ("2026-12-31", "2027-06-30"),
        ("2026-07-01", "2027-01-01"),
    ],
)
def test_the_court_is_open_for_six_months(notified: str, last: str) -> None:
    """C-60, C-11: 行政诉讼法 46."""
    found = remedies.suit_until(date.fromisoformat(notified), rests_on())

    assert found == date.fromisoformat(last)


def test_an_organ_that_does_not_act_may_be_sued_after_two_months() -> None:
    """C-60: 行政诉讼法 47; 31 December has no counterpart in February."""
    assert remedies.inaction_after(date(2026, 12, 31), rests_on()) == date(2027, 2, 28)
    assert remedies.inaction_after(date(2026, 4, 30), rests_on()) == date(2026, 6, 30)


def test_after_a_review_there_are_fifteen_days() -> None:
    """C-60: 行政诉讼法 45."""
    assert remedies.suit_after_review_until(date(2026, 2, 20), rests_on()) == date(2026, 3, 7)


def test_a_last_day_that_rests_moves_to_the_next_working_day() -> None:
    """C-60: 民事诉讼法 85. 2026-10-01 … 07 are the holiday, 10-10 is a made-up Saturday."""
    holiday = rests_on(*(f"2026-10-0{day}" for day in range(1, 8)))

    assert remedies.review_until(date(2026, 8, 4), holiday) == date(2026, 10, 8)
    assert remedies.suit_until(date(2026, 4, 1), holiday) == date(2026, 10, 8)
    assert remedies.rolled(date(2026, 10, 10), holiday) == date(2026, 10, 10)
