"""Until when one can turn where: date arithmetic of domain.md §3.9, no legal conclusions.

The day of the notice does not count, and a last day that rests moves to the next working day
(民法典 201, 203; 民事诉讼法 85). Whether a day rests is the caller's calendar's to say.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

REVIEW_DAYS = 60
SUIT_MONTHS = 6
SUIT_AFTER_REVIEW_DAYS = 15
INACTION_MONTHS = 2

Rests = Callable[[date], bool]


def review_until(notified_on: date, rests: Rests) -> date:
    """The last day to ask for administrative review: 60 days (行政复议法 20)."""
    return rolled(notified_on + timedelta(days=REVIEW_DAYS), rests)


def suit_until(notified_on: date, rests: Rests) -> date:
    """The last day to sue: six months from knowing the act (行政诉讼法 46)."""
    return rolled(months_later(notified_on, SUIT_MONTHS), rests)


def suit_after_review_until(review_received_on: date, rests: Rests) -> date:
    """The last day to sue after a review decision: 15 days (行政诉讼法 45)."""
    return rolled(review_received_on + timedelta(days=SUIT_AFTER_REVIEW_DAYS), rests)


def inaction_after(applied_on: date, rests: Rests) -> date:
    """The last of the two months an organ has to act; from the day after it may be sued for not
    acting (行政诉讼法 47)."""
    return rolled(months_later(applied_on, INACTION_MONTHS), rests)


def months_later(start: date, months: int) -> date:
    """The same day so many months on; where that month is shorter, its last day (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def rolled(last: date, rests: Rests) -> date:
    """The day itself, or the first day after it that does not rest."""
    while rests(last):
        last += timedelta(days=1)
    return last
