"""What may be asked: a period, a metric, a hall; anything else is a coded refusal."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from rest_framework.request import Request

from bancheng.city.rollups.queries import By, Metric, Period
from bancheng.kernel import clock
from bancheng.kernel.errors import Invalid

DEFAULT_DAYS = 30
MOST_DAYS = 366
MOST_DAYS_IN_PARTS = 92
Choice = TypeVar("Choice", bound=StrEnum)


def period(request: Request, *, most: int = MOST_DAYS) -> Period:
    """`?from=&to=`, both included; the last 30 days by default. Raises Invalid."""
    last = _day(request, "to") or clock.today()
    first = _day(request, "from") or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        raise Invalid(errors={"from": ["after_to"]})
    if (last - first).days >= most:
        raise Invalid(errors={"from": ["period_too_long"]})
    return Period(first, last)


def metric(request: Request) -> Metric:
    """`?metric=`: whose twelve weeks are shown; on time by default. Raises Invalid."""
    return _choice(request, "metric", Metric.ON_TIME)


def by(request: Request) -> By:
    """`?by=day|window|cause`; day by default. Raises Invalid."""
    return _choice(request, "by", By.DAY)


def hall_id(request: Request) -> UUID:
    """`?hall=`, required. Raises Invalid."""
    if not (raw := request.query_params.get("hall")):
        raise Invalid(errors={"hall": ["required"]})
    try:
        return UUID(raw)
    except ValueError:
        raise Invalid(errors={"hall": ["invalid"]}) from None


def _day(request: Request, name: str) -> date | None:
    raw = request.query_params.get(name)
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None
    if not 2000 <= day.year <= 2200:
        raise Invalid(errors={name: ["out_of_range"]})
    return day


def _choice(request: Request, name: str, default: Choice) -> Choice:
    try:
        return type(default)(request.query_params.get(name) or default)
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None
