"""A holiday notice is taken whole or refused with a code; nothing half-read gets in."""

import json
from datetime import date

import pytest

from bancheng.city.calendar.days import Calendar
from bancheng.city.calendar.errors import BadNotice
from bancheng.city.calendar.notices import NamedDay, parse_notice, shipped_notices

NEW_YEAR = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}


def notice_text(**changes: object) -> str:
    return json.dumps({"year": 2027, "papers": [], "days": [NEW_YEAR]} | changes)


def test_an_imported_year_is_no_longer_provisional() -> None:
    notice = parse_notice(notice_text())

    calendar = Calendar.from_notices([*shipped_notices(), notice])

    assert notice.days == (NamedDay(date(2027, 1, 1), "元旦", off=True),)
    assert not calendar.works(date(2027, 1, 1))
    assert not calendar.day(date(2027, 1, 4)).provisional


def test_the_product_ships_seven_years_that_name_their_papers() -> None:
    notices = shipped_notices()

    assert [notice.year for notice in notices] == list(range(2020, 2027))
    assert all("gov.cn/zhengce/" in paper for notice in notices for paper in notice.papers)
    assert all(notice.papers for notice in notices)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not json", "unreadable"),
        ("[]", "unreadable"),
        ("{}", "unreadable"),
        (notice_text(year="2027"), "unreadable"),
        (notice_text(days=[NEW_YEAR | {"date": "2027-02-30"}]), "unreadable"),
        (notice_text(days=[NEW_YEAR | {"isOffDay": "yes"}]), "unreadable"),
        (notice_text(days=[NEW_YEAR | {"name": ""}]), "unreadable"),
        (notice_text(days=[]), "no_days"),
        (notice_text(days=[NEW_YEAR | {"date": "2026-12-31"}]), "no_days"),
        (notice_text(days=[NEW_YEAR, NEW_YEAR]), "day_named_twice"),
        (notice_text(days=[NEW_YEAR | {"date": "2017-01-01"}]), "day_of_another_year"),
    ],
)
def test_a_notice_that_is_not_sound_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadNotice) as refusal:
        parse_notice(text)

    assert (refusal.value.code, refusal.value.params["reason"]) == ("calendar.bad_notice", reason)
