"""Two at one case: both write, one loses the network, one takes a step back; nobody's text is lost
(issue 5; frontend.md §4 and §5.10 item 4)."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import acts
from tests.browser.acts import Matter
from tests.browser.person import Person, Place, somebody
from tests.browser.test_screens import accessible, looks_right
from tests.browser.town import STREET

MATTER = Matter("姓名更正卡在两科之间", "户籍与婚姻登记互推。", "明确由谁更正。")
MINE, MORE, THEIRS = "底册在档案室。", "已请档案室调卷。", "已电话核实，应由民政先更正。"
WITH_IT = "请先核对底册，今天答复。"


def _triaging(at: Person, reason: str, note: str) -> None:
    acts.begin(at, "triage")
    form = at.the("form-triage")
    for name in ("should_do-yes", "can_do-yes", "cause-hard", "difficulty-complex"):
        form.get_by_test_id(name).check()
    at.pick(form.get_by_test_id("blocking_reason"), reason)
    at.type_in(form.get_by_test_id("note"), note)


def test_two_write_one_is_cut_off_one_takes_back_and_no_text_is_lost(
    chromium: Browser, place: Place, shots: Path
) -> None:
    desk, lead, again = (
        somebody(chromium, place, STREET, cookies={"bancheng_locale": one})
        for one in ("en", "zh-TW", "zh-CN")
    )
    desk.sign_in("binhe.desk1", "/desk")
    desk.press("register-walk-in")
    acts.register(desk, MATTER)
    where = desk.page.url.split("case=", maxsplit=1)[1]
    lead.sign_in("binhe.lead", f"/cases/{where}")

    _both_begin(desk, lead, place)
    _one_is_cut_off_while_the_other_sends(desk, lead)
    _the_texts_are_merged(desk, shots)
    _a_dispatch_is_taken_back(desk, lead, place, shots)
    _the_text_is_on_another_machine(again, where, shots)

    assert [one.troubles for one in (desk, lead, again)] == [[], [], []]
    for one in (desk, lead, again):
        one.context.close()


def _both_begin(desk: Person, lead: Person, place: Place) -> None:
    """Each sees the other at the case, then at the same form."""
    names = {who: place.town.person(f"binhe.{who}") for who in ("desk1", "lead")}
    expect(desk.the("presence")).to_contain_text(names["lead"])
    expect(lead.the("presence")).to_contain_text(names["desk1"])
    _triaging(lead, "B2", THEIRS)
    _triaging(desk, "B4", MINE)
    expect(desk.the("rival")).to_contain_text(names["lead"])
    looks_right(lead, "zh-TW")
    expect(desk.the("draft-saved")).to_be_visible()


def _one_is_cut_off_while_the_other_sends(desk: Person, lead: Person) -> None:
    desk.context.set_offline(True)
    desk.type_in(desk.the("form-triage").get_by_test_id("note"), MINE + MORE)
    expect(desk.the("draft-only-here")).to_be_visible()
    lead.press("submit-triage")
    acts.state(lead, "triaged")
    desk.context.set_offline(False)
    acts.state(desk, "triaged")
    expect(desk.the("form-triage").get_by_test_id("note")).to_have_value(MINE + MORE)
    desk.troubles.clear()  # what the dead line said of itself


def _the_texts_are_merged(desk: Person, shots: Path) -> None:
    """Both texts by default; the reason is the person's choice. Esc loses nothing."""
    desk.forgiven.add(412)
    desk.press("submit-triage")
    expect(desk.the("merge-rows")).to_contain_text(THEIRS)
    accessible(desk, "[role=dialog]:has([data-testid=merge-rows])")
    looks_right(desk, "en")
    desk.shoot(shots, "keep-1-merging")
    desk.page.keyboard.press("Escape")
    expect(desk.the("merge-rows")).to_have_count(0)
    expect(desk.the("form-triage").get_by_test_id("note")).to_have_value(MINE + MORE)
    desk.press("meanwhile-look")
    desk.tick("mine-blocking_reason")
    expect(desk.the("both-note")).to_be_checked()
    desk.press("merge-send")
    expect(desk.the("form-triage")).to_have_count(0)
    newest = desk.the("timeline").locator("li").first
    for text in (THEIRS, MINE + MORE):
        expect(newest).to_contain_text(text)


def _a_dispatch_is_taken_back(desk: Person, lead: Person, place: Place, shots: Path) -> None:
    """By the keyboard; the case and the form are as before, on both screens."""
    acts.dispatch(desk, place.town.unit(STREET, "sq"), WITH_IT)
    acts.state(lead, "dispatched")
    expect(desk.the("toast").get_by_role("button", name="Take back")).to_be_visible()
    desk.shoot(shots, "keep-2-undo")
    accessible(desk, ".case-head")
    desk.page.keyboard.press("Alt+z")
    acts.state(desk, "triaged")
    acts.state(lead, "triaged")
    acts.begin(desk, "dispatch")
    expect(desk.the("form-dispatch").get_by_test_id("note")).to_have_value(WITH_IT)
    expect(desk.the("draft-restored")).to_be_visible()


def _the_text_is_on_another_machine(again: Person, where: str, shots: Path) -> None:
    again.sign_in("binhe.desk1", f"/cases/{where}")
    acts.begin(again, "dispatch")
    expect(again.the("form-dispatch").get_by_test_id("note")).to_have_value(WITH_IT)
    expect(again.the("draft-restored")).to_be_visible()
    again.shoot(shots, "keep-3-restored")
