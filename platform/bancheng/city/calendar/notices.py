"""The State Council's yearly holiday notices as data (行政许可法 82; domain.md §3.8 items 1, 4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from bancheng.city.calendar.errors import BadNotice, NoSource

SHIPPED = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """One day a notice speaks of: off for a holiday, or worked to make up for one (调休)."""

    day: date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's plan; it may also name days of a neighbouring year (元旦 bridges)."""

    year: int
    days: tuple[NamedDay, ...]
    papers: tuple[str, ...] = ()


def parse_notice(text: str) -> Notice:
    """Read one year in the holiday-cn JSON shape; BadNotice unless every day is sound.

    A file without days is refused: such files exist for years whose notice is not out yet
    (domain.md §3.8 item 10), and taking one would hide that the year is provisional.
    """
    try:
        content = json.loads(text)
        year = _year(content["year"])
        days = tuple(_named_day(entry) for entry in content["days"])
        papers = tuple(str(paper) for paper in content.get("papers", ()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadNotice(reason="unreadable", detail=str(error)) from None
    if not days:
        raise BadNotice(reason="no_days", year=year)
    _require_sound(year, days)
    return Notice(year=year, days=days, papers=papers)


def notice_of_package(year: int) -> Notice:
    """The year as the `chinesecalendar` package knows it; NoSource without either."""
    try:
        known = import_module("chinese_calendar.constants")
    except ImportError:
        raise NoSource(year=year) from None
    chinese = {holiday.value: holiday.chinese for holiday in known.Holiday}
    named = [
        NamedDay(day, chinese.get(str(name), str(name)), off)
        for table, off in ((known.holidays, True), (known.workdays, False))
        for day, name in table.items()
        if day.year == year
    ]
    if not named:
        raise NoSource(year=year)
    return Notice(year, tuple(sorted(named, key=lambda one: one.day)))


@cache
def shipped_notices() -> tuple[Notice, ...]:
    """The notices that come with the product, oldest year first."""
    files = sorted(SHIPPED.glob("holiday_cn_*.json"))
    return tuple(parse_notice(file.read_text(encoding="utf-8")) for file in files)


def _year(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("year is not a number")
    return value


def _named_day(entry: Mapping[str, object]) -> NamedDay:
    off, name = entry["isOffDay"], entry["name"]
    if not isinstance(off, bool) or not isinstance(name, str) or not name.strip():
        raise ValueError(f"day without a name or without isOffDay: {entry!r}")
    return NamedDay(day=date.fromisoformat(str(entry["date"])), name=name.strip(), off=off)


def _require_sound(year: int, days: tuple[NamedDay, ...]) -> None:
    seen: set[date] = set()
    for named in days:
        if named.day in seen:
            raise BadNotice(reason="day_named_twice", year=year, day=named.day.isoformat())
        if abs(named.day.year - year) > 1:
            raise BadNotice(reason="day_of_another_year", year=year, day=named.day.isoformat())
        seen.add(named.day)
    if not any(named.day.year == year for named in days):
        raise BadNotice(reason="no_days", year=year)
