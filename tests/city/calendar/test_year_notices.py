"""A year's notice is compared with what holds, confirmed as it was seen, and taken over
(domain.md §3.8 items 4, 10)."""

import json
from datetime import date

import pytest

from bancheng.city.calendar import queries, services
from bancheng.city.calendar.days import Kind
from bancheng.city.calendar.errors import NoSource, NothingNew, PreviewStale
from bancheng.city.calendar.notices import (
    NamedDay,
    Notice,
    notice_of_package,
    parse_notice,
    shipped_notices,
)
from bancheng.city.calendar.years import preview
from bancheng.city.parameters.errors import NotTheCity
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, hall

NEW_YEAR = Notice(2027, (NamedDay(date(2027, 1, 1), "元旦", True),))
BRIDGE = NamedDay(date(2027, 1, 3), "元旦", False)


def test_a_new_year_adds_its_days() -> None:
    found = preview(NEW_YEAR, shipped_notices())

    assert not found.known
    assert [(one.day, one.change, one.before.kind, one.after.kind) for one in found.changes] == [
        (date(2027, 1, 1), "added", Kind.WORKING, Kind.HOLIDAY)
    ]


def test_a_corrected_year_shows_what_went_and_what_changed() -> None:
    year = next(one for one in shipped_notices() if one.year == 2026)
    days = [one for one in year.days if one.day != date(2026, 1, 4)]
    first = NamedDay(date(2026, 1, 1), "元旦节", True)
    corrected = Notice(2026, (first, *(one for one in days if one.day != first.day)))

    found = preview(corrected, shipped_notices())

    assert found.known
    assert [(one.day.day, one.change, one.after.kind) for one in found.changes] == [
        (1, "changed", Kind.HOLIDAY),
        (4, "removed", Kind.WEEKEND),
    ]


def test_the_package_says_of_2026_what_the_shipped_notice_says() -> None:
    shipped = next(one for one in shipped_notices() if one.year == 2026)
    changes = preview(notice_of_package(2026), shipped_notices()).changes

    assert [one for one in changes if one.change != "changed"] == []
    assert len(notice_of_package(2026).days) == len(shipped.days)
    with pytest.raises(NoSource):
        notice_of_package(2099)


def test_the_files_of_the_data_set_can_be_read() -> None:
    text = json.dumps(
        {"year": 2027, "papers": ["https://example.gov.cn/1"], "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    )  # fmt: skip

    assert parse_notice(text).days == NEW_YEAR.days


@pytest.mark.django_db
def test_a_year_is_taken_over_as_it_was_seen_and_holds_in_the_whole_network(
    city: HallRef, street: HallRef, stranger: HallRef
) -> None:
    queries.forget()
    with hall(city):
        seal = preview(NEW_YEAR, queries.known_notices()).seal
        with pytest.raises(PreviewStale):
            services.publish(Notice(2027, (*NEW_YEAR.days, BRIDGE)), seal=seal, by=SYSTEM)
        services.publish(NEW_YEAR, seal=seal, by=SYSTEM)
        with pytest.raises(PreviewStale):
            services.publish(NEW_YEAR, seal=seal, by=SYSTEM)
        again = preview(NEW_YEAR, queries.known_notices())
        with pytest.raises(NothingNew):
            services.publish(NEW_YEAR, seal=again.seal, by=SYSTEM)

    kinds = {}
    for ref in (street, stranger):
        with hall(ref):
            kinds[ref.slug] = queries.timekeeping().calendar.day(date(2027, 1, 1)).kind
    queries.forget()
    assert kinds == {"street": Kind.HOLIDAY, "stranger": Kind.WORKING}


@pytest.mark.django_db
def test_only_the_citys_hall_takes_a_year_over(district: HallRef) -> None:
    with hall(district):
        seal = preview(NEW_YEAR, queries.known_notices()).seal
        with pytest.raises(NotTheCity):
            services.publish(NEW_YEAR, seal=seal, by=SYSTEM)
        assert 2027 not in queries.timekeeping().calendar.years
