"""Every published day is what the State Council's notice says (domain.md §3.8 items 1, 4, 10)."""

import csv
from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from bancheng.city.calendar.days import Calendar, DayKind, Kind, Layer, Override
from bancheng.city.calendar.errors import BadOverride

PUBLISHED = Calendar.published()
WORKDAYS = Path(__file__).with_name("data") / "workdays_2020_2026.csv"
KINDS = {
    "weekday": Kind.WORKING,
    "weekend": Kind.WEEKEND,
    "holiday_off": Kind.HOLIDAY,
    "makeup_work": Kind.MAKE_UP,
}


def rows() -> list[dict[str, str]]:
    with WORKDAYS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_2557_published_days_have_their_kind_and_name() -> None:
    expected = {
        date.fromisoformat(row["date"]): DayKind(KINDS[row["kind"]], row["holiday_name"])
        for row in rows()
    }

    found = {day: PUBLISHED.day(day) for day in expected}

    assert len(found) == 2557
    assert found == expected
    assert sum(kind.works for kind in found.values()) == sum(
        row["is_workday"] == "1" for row in rows()
    )


def test_an_independent_library_agrees_on_every_published_day() -> None:
    days = [date.fromisoformat(row["date"]) for row in rows()]

    disagreements = [d for d in days if PUBLISHED.works(d) != chinese_calendar.is_workday(d)]

    assert disagreements == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_2025_and_2026_have_248_working_days_each(year: int) -> None:
    days = [date.fromisoformat(row["date"]) for row in rows()]

    assert sum(PUBLISHED.works(day) for day in days if day.year == year) == 248


def test_a_year_without_a_notice_is_monday_to_friday_and_provisional() -> None:
    friday, saturday = date(2027, 1, 1), date(2027, 1, 2)

    assert PUBLISHED.day(friday) == DayKind(Kind.WORKING, provisional=True)
    assert PUBLISHED.day(saturday) == DayKind(Kind.PROVISIONAL_WEEKEND, provisional=True)
    assert not PUBLISHED.works(saturday)


def test_a_day_named_by_the_next_years_notice_is_a_holiday_of_its_own_year() -> None:
    assert PUBLISHED.day(date(2022, 12, 31)) == DayKind(Kind.HOLIDAY, "元旦")


def test_a_closure_with_a_decision_stops_the_day_from_counting() -> None:
    day = date(2026, 3, 3)

    calendar = PUBLISHED.with_overrides([Override(day, False, "台风", decision="应急〔2026〕3号")])

    assert calendar.day(day) == DayKind(Kind.CLOSURE, "台风")
    assert not calendar.works(day)
    assert PUBLISHED.works(day)


def test_a_closure_without_a_decision_leaves_the_clock_running() -> None:
    day = date(2026, 3, 3)

    calendar = PUBLISHED.with_overrides([Override(day, False, "系统迁移")])

    assert calendar.day(day) == DayKind(Kind.NEUTRAL_CLOSURE, "系统迁移")
    assert calendar.works(day)


def test_a_closure_on_a_holiday_leaves_the_holiday() -> None:
    day = date(2026, 10, 1)

    calendar = PUBLISHED.with_overrides(
        [Override(day, False, "检修", decision="1号"), Override(date(2026, 10, 2), False, "检修")]
    )

    assert calendar.day(day) == DayKind(Kind.HOLIDAY, "国庆节")
    assert not calendar.works(date(2026, 10, 2))


def test_the_hall_has_the_last_word_over_its_network_in_any_order() -> None:
    day = date(2026, 3, 7)
    network = Override(day, True, "全市加班", Layer.NETWORK)
    hall = Override(day, False, "停电", Layer.HALL, decision="2号")

    calendars = [PUBLISHED.with_overrides(given) for given in ([network, hall], [hall, network])]

    assert [c.day(day) for c in calendars] == [DayKind(Kind.CLOSURE, "停电")] * 2


def test_an_extra_working_day_settles_a_provisional_saturday() -> None:
    saturday = date(2027, 1, 2)

    calendar = PUBLISHED.with_overrides([Override(saturday, True, "加班", Layer.NETWORK)])

    assert calendar.day(saturday) == DayKind(Kind.EXTRA_WORKING, "加班")
    assert calendar.works(saturday)


def test_two_overrides_of_one_layer_for_one_day_are_refused() -> None:
    day = date(2026, 3, 3)

    with pytest.raises(BadOverride) as refusal:
        PUBLISHED.with_overrides([Override(day, True, "a"), Override(day, False, "b")])

    assert refusal.value.params == {"reason": "day_overridden_twice", "day": "2026-03-03"}


def test_an_override_needs_a_reason() -> None:
    with pytest.raises(BadOverride):
        Override(date(2026, 3, 3), False, " ")
