"""C-38 in real browsers: narrow the ledger, keep the look, act on many, take a file; in plain only
with a second person."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import Person, Place, somebody
from tests.browser.test_screens import accessible
from tests.browser.town import STREET

pytestmark = pytest.mark.browser


def saved(person: Person, press: str) -> str:
    """What came into the person's folder after a press."""
    with person.page.expect_download() as coming:
        person.the(press).first.click()
    return Path(coming.value.path()).read_text(encoding="utf-8-sig")


def test_a_month_end_with_the_ledger(chromium: Browser, place: Place, album: Path | None) -> None:
    """C-38: 筛选、存视图、批量备注、脱敏导出、两人批准的明文导出."""
    desk = somebody(chromium, place, STREET).sign_in("binhe.desk1", "/ledger")
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/ledger/exports")
    expect(desk.the("ledger-line").nth(1)).to_be_visible()

    _keep_the_look(desk)
    _remark_on_two(desk, album)
    masked = _masked_then_asked_in_plain(desk, album)
    plain = _allowed_and_fetched(desk, lead, album)

    assert ("已脱敏" in masked, "明文，经两人批准" in plain) == (True, True)
    assert place.town.person("binhe.lead") in plain
    assert masked.count("****") > 0
    assert plain.count("*") < masked.count("*")
    assert (desk.troubles, lead.troubles) == ([], [])
    desk.context.close()
    lead.context.close()


def _keep_the_look(desk: Person) -> None:
    """A filter becomes a view of the team."""
    desk.pick(desk.the("ledger-cause"), "hard")
    expect(desk.page).to_have_url(desk.page.url.split("?")[0] + "?cause=hard")
    desk.press("view-save")
    desk.fill(**{"view-name": "很难办的件"})
    desk.tick("view-team")
    accessible(desk, '[data-testid="view-dialog"]')
    desk.press("view-submit")
    expect(desk.the("ledger-view").locator("option:checked")).to_have_text("很难办的件")


def _remark_on_two(desk: Person, album: Path | None) -> None:
    """Two more columns, and one remark on two cases at once."""
    desk.press("ledger-columns")
    desk.tick("column-remark", "column-want")
    accessible(desk, '[data-testid="column-dialog"]')
    desk.shoot(album, "ledger-columns")
    desk.press("columns-submit")
    desk.the("choose-row").nth(0).check()
    desk.the("choose-row").nth(1).check()
    desk.press("act-remark")
    desk.fill(**{"bulk-text": "月底核对"})
    desk.press("bulk-submit")
    expect(desk.the("bulk-state")).to_contain_text("办成 2，未办成 0")
    desk.shoot(album, "ledger-bulk")
    desk.press("bulk-close")
    expect(desk.page.get_by_text("月底核对").first).to_be_visible()
    desk.shoot(album, "ledger-page")


def _masked_then_asked_in_plain(desk: Person, album: Path | None) -> str:
    """The masked file, at once; the one in plain is asked for."""
    desk.press("ledger-file")
    desk.tick("file-csv")
    masked = saved(desk, "file-submit")
    desk.press("file-plain")
    desk.pick(desk.the("plain-reason"), "inspection")
    desk.fill(**{"plain-purpose": "区审计局检查"})
    accessible(desk, '[data-testid="file-dialog"]')
    desk.shoot(album, "ledger-plain")
    desk.press("file-submit")
    return masked


def _allowed_and_fetched(desk: Person, lead: Person, album: Path | None) -> str:
    """The second person's word, and the file in plain."""
    expect(lead.the("export-approve")).to_be_visible()
    accessible(lead)
    lead.shoot(album, "ledger-decide")
    lead.press("export-approve")
    expect(lead.the("export-approve")).to_have_count(0)
    desk.go("/ledger/exports")
    expect(desk.the("export-fetch").first).to_be_visible()
    with desk.page.expect_download() as coming:
        desk.the("export-fetch").nth(1).click()
    return Path(coming.value.path()).read_text(encoding="utf-8-sig")
