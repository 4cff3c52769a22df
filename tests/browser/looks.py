"""How a page is looked at: in which language and with how large letters."""

import os
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.person import Person


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody chose on the login page."""

    language: str
    large: bool

    def __str__(self) -> str:
        return f"{self.language}-{'large' if self.large else 'standard'}"


LOOKS = (
    Look("zh-CN", large=False),
    Look("zh-TW", large=True),
    Look("en", large=False),
    Look("zh-CN", large=True),
    Look("zh-TW", large=False),
    Look("en", large=True),
)
"""In such an order that the first three already hold every language and both sizes."""
SPOKEN = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}
"""What a page says of itself."""
ALL = os.environ.get("BANCHENG_LOOKS") == "all"


def looks_of(story: int) -> tuple[Look, ...]:
    """All of them if BANCHENG_LOOKS says so, else one, each story the next."""
    return LOOKS if ALL else (LOOKS[story % len(LOOKS)],)


def choose(person: Person, look: Look) -> None:
    """By the buttons below the form of the login page; the browser keeps it."""
    page = person.page
    person.use(page.locator(f"button[lang='{look.language}']"))
    if look.large:
        person.use(page.locator("button[aria-pressed=false]"))
    worn(person, look)


def worn(person: Person, look: Look) -> None:
    """The page speaks the language in letters of the size."""
    page = person.page.locator("html")
    expect(page).to_have_attribute("lang", SPOKEN[look.language])
    expect(page).to_have_css("font-size", "20px" if look.large else "16px")
