"""C-79: an administrator looks at a sheet of items before it counts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import Place, somebody
from tests.browser.test_screens import accessible
from tests.browser.town import CITY
from tests.setup.sheets import workbook

pytestmark = pytest.mark.browser
WRONG = workbook(("SET-1", "新事项", "民政", "火星", 5, "", ""))
SOUND = workbook(("SET-1", "高龄老人就餐补贴", "民政", "街道", 5, "申请表", "照片"))


def test_a_sheet_is_looked_at_and_then_taken_over(
    chromium: Browser, place: Place, tmp_path: Path
) -> None:
    person = somebody(chromium, place, CITY).sign_in("shimin.city", "/city")
    person.go("/admin/items")
    person.press("items-import")
    for name, content in (("wrong.xlsx", WRONG), ("sound.xlsx", SOUND)):
        (tmp_path / name).write_bytes(content)

    person.the("sheet-file").set_input_files(tmp_path / "wrong.xlsx")
    person.the("sheet-look").press("Enter")
    expect(person.the("sheet-errors")).to_contain_text("行使层级")
    expect(person.the("sheet-take")).to_have_count(0)
    accessible(person)

    person.press("sheet-other")
    person.the("sheet-file").set_input_files(tmp_path / "sound.xlsx")
    person.the("sheet-look").press("Enter")
    expect(person.the("sheet-plan")).to_contain_text("高龄老人就餐补贴")
    person.press("sheet-take")
    expect(person.the("sheet-done")).to_be_visible()
    person.press("sheet-close")
    person.the("items-find").fill("SET-1")
    person.the("items-find").press("Enter")

    expect(person.the("item-SET-1")).to_contain_text("5")
    assert not person.troubles
    person.context.close()
