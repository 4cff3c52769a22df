"""Moments as the hall sees them, inside the years the engine answers for."""

from datetime import date, datetime

from bancheng.city.calendar.errors import BadStart, NaiveMoment, OutOfRange
from bancheng.city.calendar.hours import Hours
from bancheng.kernel.clock import ZONE

# From 1992 on the clock in Shanghai is never put back or forth, so that arithmetic on its face
# is arithmetic on time.
FIRST_YEAR, LAST_YEAR = 1992, 2199
_ECHO = 60


def in_hall_time(at: datetime) -> datetime:
    """The same instant in Asia/Shanghai.

    NaiveMoment when it has no zone, OutOfRange outside 1992–2199.
    """
    if at.utcoffset() is None:
        raise NaiveMoment(value=at.isoformat())
    _require_year(at)
    return at.astimezone(ZONE)


def parse_start(text: str, hours: Hours) -> datetime:
    """Read a start: an ISO date and time (without a zone: Asia/Shanghai), or an ISO date.

    A date alone means received at the opening of that day's regular hours.
    """
    value = text.strip()
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return in_hall_time(_zoned(value))
    _require_year(day)
    return hours.opening(day)


def _zoned(value: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise BadStart(value=value[:_ECHO]) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=ZONE)


def _require_year(at: date) -> None:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise OutOfRange(value=at.isoformat(), first_year=FIRST_YEAR, last_year=LAST_YEAR)
