"""C-15, C-11, C-14 in a real browser: a slip is issued at the case and printed, a template made the
hall's own with a look at the sheet before."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import Place, somebody
from tests.browser.test_screens import accessible
from tests.browser.town import STREET
from tests.documents import reading

pytestmark = pytest.mark.browser
# By the page itself: it knows the hall's host, and its session.
_FETCHED = """async (path) => {
  const answer = await fetch(path);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return {
    kind: answer.headers.get("content-type"), cache: answer.headers.get("cache-control"),
    body: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")),
  };
}"""


def test_a_slip_across_the_counter_and_the_halls_own_words(
    chromium: Browser, place: Place, album: Path | None
) -> None:
    desk = somebody(chromium, place, STREET).sign_in("binhe.desk1", "/cases")
    asked = "fetch('/api/v1/cases?limit=1').then((answer) => answer.json())"
    desk.go(f"/cases/{desk.page.evaluate(asked)['results'][0]['id']}")
    desk.press("tab-papers")
    desk.press("issue-registration")
    slip = desk.the("paper-registration").first
    printing = slip.get_by_role("link")
    expect(printing).to_be_focused()
    expect(slip).to_contain_text("受理〔")
    accessible(desk, '[data-testid="papers"]')
    desk.shoot(album, "papers-case")
    with desk.page.expect_popup() as opened:
        desk.use(printing)
    assert opened.value.url.endswith("/pdf")
    opened.value.close()
    sheet = desk.page.evaluate(_FETCHED, printing.get_attribute("href"))
    assert sheet["kind"] == "application/pdf"
    assert sheet["cache"] == "no-store"
    assert "首问责任人" in reading.words(base64.b64decode(sheet["body"]))

    manager = somebody(chromium, place, STREET).sign_in("binhe.admin", "/documents/explanation")
    manager.press("template-look")
    expect(manager.the("template-pages").get_by_role("img").first).to_be_visible()
    accessible(manager, '[data-testid="templates-page"]')
    manager.shoot(album, "papers-template", whole=True)
    words = manager.the("template-text").input_value()
    manager.forgiven.add(422)
    manager.fill(**{"template-text": words.replace("{review_until}", "")})
    manager.press("template-save")
    expect(manager.the("template-problem")).to_contain_text("复议截止日")
    manager.fill(**{"template-text": words.replace("现将理由", "现依法将理由")})
    manager.press("template-save")
    expect(manager.the("template-explanation")).to_contain_text("本厅版")
    assert (desk.troubles, manager.troubles) == ([], [])
