"""A sheet is read with bounds, and every problem has its row and its column."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bancheng.kernel.sheets.columns import Bounds, Column, RowError
from bancheng.kernel.sheets.errors import (
    RepeatedHeader,
    SheetTooLarge,
    SheetTooWide,
    UnreadableSheet,
    WrongHeader,
)
from bancheng.kernel.sheets.reading import read
from bancheng.kernel.sheets.uploads import content_of
from bancheng.kernel.sheets.writing import as_csv, as_xlsx

COLUMNS = (
    Column("code", ("事项编码", "code"), required=True, longest=10),
    Column("name", ("事项名称", "name"), required=True),
    Column("note", ("备注", "note")),
)


def workbook(*rows: tuple[Any, ...], merged: str = "") -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with a part of its sheet's XML replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, body.replace(old, new) if name.endswith("sheet1.xml") else body)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    found = read("事项编码,事项名称\nA1,丧葬费申领䶮\n".encode(encoding), COLUMNS)

    assert [dict(row.cells) for row in found.rows] == [
        {"code": "A1", "name": "丧葬费申领䶮", "note": ""}
    ]
    assert found.errors == ()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_with_the_delimiter_it_has(delimiter: str) -> None:
    found = read(
        delimiter.join(("code", "name")).encode() + b"\nA1" + delimiter.encode() + b"x", COLUMNS
    )

    assert found.rows[0].cells["name"] == "x"


def test_headings_may_stand_below_a_title_and_in_any_order_case_and_width() -> None:
    content = workbook(("滨河区事项表",), (), ("ＮＡＭＥ", "x", "事项编码 *"), ("甲", "", "A1"))

    found = read(content, COLUMNS)

    assert (found.rows[0].number, dict(found.rows[0].cells)) == (
        4,
        {"code": "A1", "name": "甲", "note": ""},
    )
    assert found.ignored == ("x",)


def test_numbers_dates_and_codes_are_read_as_they_look() -> None:
    found = read(workbook(("code", "name", "note"), (1001, 2.0, date(2026, 3, 1))), COLUMNS)

    assert dict(found.rows[0].cells) == {"code": "1001", "name": "2", "note": "2026-03-01"}


def test_every_problem_has_its_row_and_its_heading() -> None:
    content = workbook(
        ("code", "name", "note"),
        ("A1", None, None),
        ("A2-much-too-long", "x", None),
        ("A3", "=1+1", None),
        ("A4", "x", 330106199001011234),
        ("A5", "x", "a\tb"),
    )

    found = read(content, COLUMNS)

    assert found.errors == (
        RowError(2, "事项名称", "required"),
        RowError(3, "事项编码", "too_long"),
        RowError(4, "事项名称", "formula"),
        RowError(5, "备注", "number_too_long"),
    )
    assert [row.cells["code"] for row in found.rows] == ["A5"]


def test_a_merged_cell_is_named_and_not_guessed() -> None:
    content = workbook(("code", "name"), ("A1", "x"), ("A2", None), merged="B2:B3")

    found = read(content, COLUMNS)

    assert RowError(2, "", "merged") in found.errors
    assert RowError(3, "", "merged") in found.errors
    assert found.rows == ()


def test_what_is_merged_on_another_sheet_is_no_problem() -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("code", "name"), ("A1", "x"), ("A2", "y")):
        book.active.append(row)
    book.create_sheet("填表说明").merge_cells("A1:C9")
    out = io.BytesIO()
    book.save(out)

    found = read(out.getvalue(), COLUMNS)

    assert (len(found.rows), found.errors) == (2, ())


@pytest.mark.parametrize("name", ["=1", "-x", "＝1", "|x", "%x", "'x"])
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_an_export_marks_as_text_is_read_as_it_was(write: Any, name: str) -> None:
    content = write(COLUMNS, [{"code": "A1", "name": name}])

    assert [row.cells["name"] for row in read(content, COLUMNS).rows] == [name]


def test_a_merged_title_above_the_headings_is_no_problem() -> None:
    content = workbook(("事项表", None), ("code", "name"), ("A1", "x"), merged="A1:B1")

    assert read(content, COLUMNS).errors == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old_excel"),
        (b"PK\x03\x04" + b"\0" * 100, "xlsx"),
        (b"code,name\n\x80\xff\xff,x\n", "encoding"),
        (b"code,name\na\0b,x\n", "binary"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read(content, COLUMNS)

    assert refused.value.params == {"reason": reason}


def test_a_wrong_header_says_what_is_missing_and_what_was_found() -> None:
    with pytest.raises(WrongHeader) as refused:
        read("编号,事项名称\n1,x\n".encode(), COLUMNS)

    assert refused.value.params == {"missing": "事项编码", "found": ["编号", "事项名称"]}


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(RepeatedHeader) as refused:
        read("code,事项编码,name\n1,2,x\n".encode(), COLUMNS)

    assert refused.value.params == {"columns": "事项编码"}


def test_a_million_rows_claimed_are_not_believed_and_a_million_written_are_refused() -> None:
    claimed = rewritten(
        workbook(("code", "name"), ("A1", "x")), b'ref="A1:B2"', b'ref="A1:XFD1048576"'
    )

    assert len(read(claimed, COLUMNS).rows) == 1
    with pytest.raises(SheetTooLarge) as refused:
        read(b"code,name\n" + b"1,x\n" * 20, COLUMNS, Bounds(rows=10))
    assert refused.value.params == {"what": "rows", "most": 10}


@pytest.mark.parametrize("at", [3, 70, 900])
@pytest.mark.parametrize("packed", [True, False])
def test_a_cell_beyond_the_columns_that_are_read_is_refused_and_not_left_out(
    at: int, packed: bool
) -> None:
    """Wherever it stands; empty cells beyond them are nothing."""
    far = ("A1", "x", *[None] * (at - 2), "y")
    bounds = Bounds(columns=3)
    wide = [("code", "name"), ("A0", "x", *[None] * 80), far]
    lines = [",".join(cell or "" for cell in line) for line in wide]
    content = workbook(*wide) if packed else "\n".join(lines).encode()

    with pytest.raises(SheetTooWide) as refused:
        read(content, COLUMNS, bounds)

    assert refused.value.params == {"row": 3, "most": 3}


def test_what_unpacks_to_more_than_the_bound_is_refused_before_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)

    with pytest.raises(SheetTooLarge) as refused:
        read(out.getvalue(), COLUMNS, Bounds(unpacked=1_000_000))

    assert refused.value.params == {"what": "bytes", "most": 1_000_000}


def test_entities_are_refused() -> None:
    bomb = rewritten(workbook(("code", "name")), b"<worksheet", b"<!DOCTYPE x><worksheet")

    with pytest.raises(UnreadableSheet):
        read(bomb, COLUMNS)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(SheetTooLarge):
        read(b"x" * 101, COLUMNS, Bounds(size=100))


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_is_written_is_read_back_and_nothing_is_calculated(write: object) -> None:
    rows = [{"code": "001", "name": "=HYPERLINK(1)"}, {"code": "-2", "name": "甲"}]

    content = write(COLUMNS, rows)  # type: ignore[operator]

    found = read(content, COLUMNS)
    assert [row.cells["name"] for row in found.rows] == ["=HYPERLINK(1)", "甲"]
    assert [row.cells["code"] for row in found.rows] == ["001", "-2"]
    if write is as_xlsx:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert all(cell.data_type != "f" for cell in sheet[2])


def test_content_that_is_no_base64_is_refused() -> None:
    assert content_of("eA==") == b"x"
    with pytest.raises(UnreadableSheet):
        content_of("no base64!")
