"""C-38, security.md §2.3: files of the ledger hold numbers as numbers, days as days, everything
else as text that no spreadsheet runs, masked unless two people said otherwise."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.ledger.columns import COLUMNS, chosen
from apps.ledger.queries import Line
from apps.ledger.services.exporting import File
from apps.ledger.sheets import csv_file, words, xlsx_file
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from bancheng.kernel.sheets import safe
from tests.ledger.conftest import at
from tests.support.cases import Team
from tests.support.clients import Caller, caller_for

DANGEROUS = ("=1+1", "+86", "-cmd|'/c calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1")


def body(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def sheet_of(content: bytes, name: str = "台账") -> Worksheet:
    found: Worksheet = load_workbook(io.BytesIO(content))[name]
    return found


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def lead(team: Team) -> Caller:
    return caller_for(team.ref, team.lead)


@pytest.mark.django_db
def test_a_long_text_has_room_in_its_row(team: Team, lead: Caller) -> None:
    """C-38: sixty characters in a column of thirty letters are four lines of 13.5 points."""
    team.closed(want="更正" * 30)

    content = body(lead.post("ledger/file", {"format": "xlsx", "columns": ["want"]}, key=None))

    assert sheet_of(content).row_dimensions[2].height == 4 * 13.5


@pytest.mark.django_db
def test_a_workbook_reads_back_as_what_it_says(team: Team, lead: Caller) -> None:
    """C-38: numbers, days and moments of their own kind, ID numbers and phones as text."""
    with frozen(at("2026-03-02 10:00")):
        case = team.closed(want='=HYPERLINK("http://x")', visit_count=3)

    content = body(lead.post("ledger/file", {"format": "xlsx"}, key=None))

    sheet = sheet_of(content)
    heads = [cell.value for cell in sheet[1]]
    line = dict(zip([one.key for one in COLUMNS], sheet[2], strict=True))
    assert heads == [words.of("zh-CN")["column"][one.key] for one in COLUMNS]
    assert (line["case_no"].value, line["case_no"].data_type) == (case.number, "s")
    assert line["registered_at"].value == datetime(2026, 3, 2, 10, 0)
    assert line["due_on"].value == datetime(2026, 3, 9)
    assert (line["visit_count"].value, line["visit_count"].data_type) == (3, "n")
    assert (line["want"].value, line["want"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert line["contact"].value == "199****1234"
    assert sheet.max_row == 2
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    about = {row[0].value: row[1].value for row in sheet_of(content, "说明")}
    assert (about["导出人"], about["件数"], about["个人信息"]) == (team.lead.name, "1", "已脱敏")


@pytest.mark.django_db
def test_a_csv_file_opens_in_chinese_and_runs_nothing(team: Team, lead: Caller) -> None:
    """CWE-1236: an apostrophe before what a spreadsheet would run."""
    case = team.registered(title="=cmd|'/c calc'!A0", want="+86 情况")

    asked = {"format": "csv", "columns": ["case_no", "summary", "want", "visit_count"]}
    content = body(lead.post("ledger/file", asked, key=None))

    rows = table(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["编号", "反映内容摘要", "诉求", "已跑次数"]
    assert rows[1][0] == case.number
    assert rows[1][1].startswith("'=cmd")
    assert rows[1][2:] == ["'+86 情况", "1"]
    assert ["件数", "1"] in rows


def test_no_text_is_left_that_a_spreadsheet_would_run() -> None:
    """security.md §2.3: = + - @ tab CR, also behind blanks and full width; digits that name."""
    assert [safe.for_csv(text)[0] for text in DANGEROUS] == ["'"] * len(DANGEROUS)
    assert safe.for_csv("11010119900307283X") == "11010119900307283X"
    assert safe.for_csv("110101199003072830") == "'110101199003072830"
    assert safe.for_csv("19900001234") == "'19900001234"
    assert safe.for_csv("021") == "'021"
    assert (safe.for_csv("补领证书"), safe.for_csv("2026-03-02")) == ("补领证书", "2026-03-02")
    assert safe.clean("a\0b\x0bc\ud800") == "abc"


def test_a_workbook_holds_no_formula_whatever_is_in_its_cells(street: HallRef) -> None:
    hostile = [*DANGEROUS, "<f>1</f>", "]]>&amp;", "\x01\x1f", "很" * 40_000]

    content = b"".join(made(street, [[[text] for text in hostile]]))

    sheet = sheet_of(content)
    values = [sheet.cell(row, 1).value for row in range(2, len(hostile) + 2)]
    assert (values[0], values[8], values[9]) == ("=1+1", "<f>1</f>", "]]>&amp;")
    assert [cell.data_type for (cell,) in sheet.iter_rows(min_row=2)].count("f") == 0
    raw = ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in raw
    assert len(str(values[11])) == safe.LONGEST


def made(ref: HallRef, batches: Any) -> Iterator[bytes]:
    """A workbook of one column with these lines."""
    with hall(ref):
        lines: Iterator[list[Line]] = iter(batches)
        file = File(chosen(["want"]), lines, {}, SYSTEM, datetime(2026, 3, 2, tzinfo=UTC), {})
        yield from xlsx_file.written(file, words.of("zh-CN"))


def test_twenty_thousand_lines_take_no_more_memory_than_two_thousand(street: HallRef) -> None:
    """C-38: one batch of lines is held at a time, and bytes leave with every batch."""

    def peak(batches: int) -> tuple[int, int]:
        line: Line = ["补领正确的结婚证，两证姓名不一致"]
        tracemalloc.start()
        pieces = sum(1 for _ in made(street, ([line] * 500 for _ in range(batches))))
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high, pieces

    peak(1)
    (small, few), (large, many) = peak(4), peak(40)

    assert large < small * 1.5
    assert (few, many) == (5, 41)


@pytest.mark.django_db
def test_a_selection_by_hand_is_all_that_is_in_the_file(team: Team, lead: Caller) -> None:
    first, _, third = (team.registered() for _ in range(3))

    asked = {"format": "csv", "columns": ["case_no"], "cases": [first.id, third.id]}
    rows = table(body(lead.post("ledger/file", asked, key=None)))

    assert {rows[1][0], rows[2][0]} == {first.number, third.number}
    assert ["件数", "2"] in rows


@pytest.mark.django_db
@pytest.mark.parametrize("locale", words.LOCALES)
def test_the_file_speaks_the_readers_language(team: Team, lead: Caller, locale: str) -> None:
    team.registered()

    asked = {"format": "csv", "columns": ["urgency"], "locale": locale}
    rows = table(body(lead.post("ledger/file", asked, key=None)))

    said = words.of(locale)
    assert rows[:2] == [[said["column"]["urgency"]], [said["urgency"]["normal"]]]


@pytest.mark.django_db
def test_the_file_says_its_filters_in_words(team: Team, lead: Caller) -> None:
    team.dispatched()

    filters = {"cause": "hard", "department": str(team.unit), "reopened": "false"}
    asked = {"format": "csv", "columns": ["case_no"], "filters": filters}
    rows = table(body(lead.post("ledger/file", asked, key=None)))

    assert ["筛选条件", "原因分类：很难办；承办单位：民政科；重办过：否"] in rows


@pytest.mark.django_db
def test_another_hall_and_who_may_not_get_no_file(team: Team, other_street: HallRef) -> None:
    """A department's file holds its own cases, another hall's none of these."""
    case = team.registered()
    theirs = team.dispatched()
    head = caller_for(team.ref, team.head)
    stranger = caller_for(other_street, Team(other_street).lead)
    clerk = caller_for(team.ref, team.clerk)
    asked = {"format": "csv", "columns": ["case_no"]}

    own, foreign, refused = (
        caller.post("ledger/file", asked, key=None) for caller in (head, stranger, clerk)
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    text = body(own).decode()
    assert (theirs.number in text, case.number in text) == (True, False)
    assert table(body(foreign))[1] == []


def test_csv_and_workbook_are_the_same_lines() -> None:
    assert {csv_file.TYPE.split(";")[0], xlsx_file.TYPE.rsplit(".", 1)[1]} == {
        "text/csv",
        "sheet",
    }
