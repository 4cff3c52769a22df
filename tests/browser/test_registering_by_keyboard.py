"""C-01: a matter is registered with the keyboard alone, in twelve fields."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import Person, Place, somebody
from tests.browser.town import STREET

pytestmark = pytest.mark.browser

MOST_FIELDS = 12
MOST_KEYS = 40
FIELDS = (
    ".register input:visible, .register select:visible, .register textarea:visible",
    ".register__outcomes input",
)


@pytest.fixture
def clerk(chromium: Browser, place: Place) -> Person:
    return somebody(chromium, place, STREET).sign_in("binhe.desk1", "/desk?new=1")


class Keys:
    """A keyboard that counts what is pressed beside the words themselves."""

    def __init__(self, person: Person) -> None:
        self.person, self.pressed = person, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.person.page.keyboard.press(key)
            self.pressed += 1

    def say(self, text: str) -> None:
        self.person.page.keyboard.insert_text(text)

    def at(self) -> str:
        """The test id of the field that has the focus."""
        script = "document.activeElement?.dataset.testid ?? ''"
        return str(self.person.page.evaluate(script))


STORY = {
    "matter": "取暖补贴两次没有受理",
    "service_item": "取暖",
    "blocked_stage": "受",
    "visit_count": None,
    "tried_name": "民政事务窗口",
    "tried_result": "说系统里没有我的低保记录",
    "want": "核实记录，按规定发放补贴",
    "name": "柳清荷",
    "phone": "19900007711",
    "kind": None,
    "relation": None,
    "pii": " ",
}


def test_a_matter_is_registered_by_keyboard_alone(clerk: Person, album: Path | None) -> None:
    """C-01: at most 12 fields and 40 keys beside the words; never the mouse."""
    expect(clerk.the("matter")).to_be_focused()
    expect(clerk.the("blocked_stage").locator("option").nth(1)).to_be_attached()
    shown = clerk.page.locator(FIELDS[0]).count() - clerk.page.locator(FIELDS[1]).count()
    keys = Keys(clerk)

    for field, words in STORY.items():
        for _ in range(3):  # what is folded or a button of the page is stepped over
            if keys.at() == field:
                break
            keys.press("Tab")
        assert keys.at() == field
        if words == " ":
            keys.press("Space")
        elif words:
            _fill(keys, field, words)
        clerk.shoot(album, f"register-{field}") if field in ("phone", "pii") else None
    keys.press("Control+Enter")

    expect(clerk.the("slip-number")).to_be_visible()
    clerk.shoot(album, "register-slip")
    print(f"\n{shown} fields, {keys.pressed} keys beside the words")
    assert shown <= MOST_FIELDS
    assert keys.pressed <= MOST_KEYS
    assert clerk.troubles == []


def _fill(keys: Keys, field: str, words: str) -> None:
    """An item is typed and taken; a choice is made by its first character's code order."""
    if field == "blocked_stage":
        keys.press("ArrowDown", 2)
    else:
        keys.say(words)
    if field == "service_item":
        keys.press("Enter")
