"""Every screen in every language: quiet, complete, in its frame, open to everybody."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import DESK, PHONE, SCREEN, Person, Place, somebody
from tests.browser.town import CITY, DISTRICT, STREET
from tests.support.databases import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = {"width": 1280, "height": 800}
SMALL_PHONE = {"width": 320, "height": 640}
KIOSK = {"width": 1080, "height": 1440}
LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}
LOCALES = tuple(LANGUAGES)
# What a Chinese page may say in Latin letters: numbers of cases, codes of items, keys, names of
# languages, units.
LATIN = re.compile(
    r"BCS|YJ-[A-Z]+|English|Ctrl|Alt|Enter|Esc|P90|WD|WH|ND"
    r"|(?i:jpg|png|webp|pdf|docx|xlsx|txt|csv|json)"
)
NAMES = re.compile(r"\b(?:binhe|qinghe|shimin)\.[a-z0-9.]+|Chrome|Linux")
"""User names and browsers are the same in every language."""
CODE = re.compile(r"\b[a-z]+(?:[._][a-z]+)+\b")


@dataclass(frozen=True, slots=True)
class Screen:
    """An address, who opens it, what is pressed there, and the part that shows that it is there."""

    name: str
    hall: str
    path: str
    part: str
    who: str = ""
    press: tuple[str, ...] = ()


SCREENS = (
    Screen("desk", CITY, "/desk", "waiting", "shimin.desk1"),
    Screen("register", STREET, "/desk?new=1", "register-form", "binhe.desk1"),
    Screen("cases", CITY, "/cases", "case-row", "shimin.desk1"),
    Screen("case", STREET, "/cases/{case}", "timeline", "binhe.desk1"),
    Screen("board", CITY, "/board", "board-signals", "shimin.lead"),
    Screen("referrals-out", STREET, "/referral/out?state=all", "referrals", "binhe.desk1"),
    Screen("referrals-in", DISTRICT, "/referral/in?state=all", "referrals", "qinghe.desk1"),
    Screen("inbox", CITY, "/inbox", "inbox", "shimin.gjj.handler"),
    Screen("greeting", STREET, "/reception/greeting", "greeting-form", "binhe.lead"),
    Screen("guidance", STREET, "/reception/guidance", "guidance-form", "binhe.lead"),
    Screen("feedback", STREET, "/reception/feedback", "feedback-form", "binhe.lead"),
    Screen("appointments", STREET, "/reception/appointments", "appointment-form", "binhe.lead"),
    Screen("screens", STREET, "/screens", "screen", "binhe.lead"),
    Screen("lines", STREET, "/lines", "setup-queue", "binhe.admin"),
    Screen("notices", STREET, "/notices", "notices-page", "binhe.lead"),
    Screen("ledger", CITY, "/ledger", "ledger-line", "shimin.lead"),
    Screen("ledger-exports", STREET, "/ledger/exports", "exports", "binhe.lead"),
    Screen("intake", CITY, "/intake", "intake-kpis", "shimin.lead"),
    Screen("case-work", STREET, "/cases/{case}", "work-tab", "binhe.desk1", ("tab-work",)),
    Screen(
        "case-deadlines", STREET, "/cases/{case}", "ruler-open", "binhe.desk1", ("tab-deadlines",)
    ),
    Screen("case-files", STREET, "/cases/{case}", "shelf", "binhe.desk1", ("tab-files",)),
    Screen("case-matter", STREET, "/cases/{case}", "links", "binhe.desk1", ("tab-matter",)),
    Screen("work", CITY, "/work", "work-list", "shimin.rs.handler"),
    Screen("meetings", CITY, "/meetings", "meetings", "shimin.lead"),
    Screen("cards", CITY, "/oversight/cards", "cards", "shimin.supervisor"),
    Screen("stalls", CITY, "/oversight/stalls", "stalls", "shimin.supervisor"),
    Screen("orders", CITY, "/oversight/orders", "orders", "shimin.supervisor"),
    Screen("duty", CITY, "/oversight/duty", "roster", "shimin.lead"),
    Screen("quality", DISTRICT, "/oversight/quality", "checks", "qinghe.supervisor"),
    Screen("calendar", STREET, "/settings/calendar", "calendar-panel", "binhe.admin"),
    Screen("limits", STREET, "/settings/limits", "limits-panel", "binhe.admin"),
    Screen("parameters", STREET, "/settings/parameters", "parameters-panel", "binhe.admin"),
    Screen("admin-setup", STREET, "/admin/setup", "ready-summary", "binhe.admin"),
    Screen("admin-items", STREET, "/admin/items", "items-panel", "binhe.admin"),
    Screen("admin-codes", STREET, "/admin/codes", "codes-blocking", "binhe.admin"),
    Screen("admin-config", STREET, "/admin/configuration", "configuration-panel", "binhe.admin"),
    Screen("people", STREET, "/people", "person", "binhe.admin"),
    Screen("people-departments", STREET, "/people/departments", "unit", "binhe.admin"),
    Screen("people-desk", STREET, "/people/desk", "desk-name", "binhe.admin"),
    Screen("account", STREET, "/account", "password-form", "binhe.admin"),
    Screen("conduct-files", CITY, "/conduct/files", "conduct-files", "shimin.supervisor"),
    Screen("conduct-new", STREET, "/conduct/new", "conduct-new", "binhe.desk1"),
    Screen("conduct-watch", CITY, "/conduct/watch", "watch-clues", "shimin.supervisor"),
    Screen("conduct-own", STREET, "/conduct/own", "conduct-own", "binhe.lead"),
    Screen("city", CITY, "/city", "city-heat", "shimin.city"),
    Screen("city-hall", CITY, "/city/halls/{hall}", "city-days", "shimin.city"),
)


@dataclass(slots=True)
class Desks:
    """One signed-in browser per person, used again for every screen of theirs."""

    chromium: Browser
    place: Place
    open: dict[str, Person]

    def of(self, screen: Screen) -> Person:
        if screen.who not in self.open:
            person = somebody(self.chromium, self.place, screen.hall)
            self.open[screen.who] = person.sign_in(screen.who, "/cases")
        return self.open[screen.who]

    def show(self, screen: Screen) -> Person:
        """The screen, wholly drawn, as a person of the hall first sees it."""
        person = self.of(screen)
        person.go(self.address(screen))
        for name in screen.press:
            person.the(name).first.click()
        drawn(person, screen.part)
        return person

    def address(self, screen: Screen) -> str:
        if "{case}" in screen.path:
            return screen.path.format(case=self._a_case(screen))
        return screen.path.replace("{hall}", str(self.place.town.halls[DISTRICT].ref.id))

    def _a_case(self, screen: Screen) -> str:
        asked = "fetch('/api/v1/cases?limit=1').then((answer) => answer.json())"
        return str(self.of(screen).page.evaluate(asked)["results"][0]["id"])


@pytest.fixture(scope="module")
def desks(chromium: Browser, place: Place) -> Iterator[Desks]:
    found = Desks(chromium, place, {})
    yield found
    for person in found.open.values():
        person.context.close()


def speak(person: Person, locale: str) -> None:
    """Choose a language from the menu; the page stays and speaks it."""
    person.press("language")
    person.press(f"language-{locale}")
    expect(person.page.locator("html")).to_have_attribute("lang", LANGUAGES[locale])


def drawn(person: Person, part: str) -> None:
    """Wait until the part is there and nothing is still loading."""
    expect(person.the(part).first).to_be_visible()
    expect(person.page.locator(".bc-skeleton")).to_have_count(0)


def looks_right(person: Person, locale: str) -> None:
    """Has headings, stays in its frame, speaks one language, and nothing went wrong."""
    page = person.page
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang", timeout=1_000)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, "scrolls sideways"
    text = NAMES.sub("", page.locator("body").inner_text())
    assert not CODE.findall(text), "a code is shown where words belong"
    if locale != "en":
        latin = re.findall(r"[A-Za-z]{3,}", LATIN.sub("", text))
        assert not latin, "English on a Chinese page"
    else:
        fixed = page.locator("thead th, nav a, .bc-field__label").all_inner_texts()
        assert not [words for words in fixed if re.search(r"[\u4e00-\u9fff]", words)]
    assert not person.troubles


def accessible(person: Person, within: str = "html") -> None:
    """axe finds nothing; it is put in past the page's own policy, which stays as it is."""
    session = person.context.new_cdp_session(person.page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    asked = f"""axe.run({json.dumps(within)}, {{runOnly: {json.dumps(RULES)}}})
      .then((found) => JSON.stringify(
      found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)])))"""
    answer = session.send(
        "Runtime.evaluate",
        {"expression": asked, "awaitPromise": True, "returnByValue": True},
    )
    session.detach()
    assert json.loads(answer["result"]["value"]) == []


def largest(person: Person) -> None:
    """At 24 px on a small screen nothing leaves the frame, and the head stays in its row."""
    person.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    person.page.evaluate("document.documentElement.setAttribute('data-text', 'xlarge')")
    looks_right(person, "zh-CN")
    over = """() => [...document.querySelectorAll(".app-header > *")].some((one, i, all) =>
      i > 0 && one.getBoundingClientRect().left < all[i - 1].getBoundingClientRect().right)"""
    assert not person.page.evaluate(over), "parts of the head lie on one another"
    person.page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_staff_screen(desks: Desks, screen: Screen, album: Path | None) -> None:
    person = desks.show(screen)
    for locale in ("zh-TW", "en", "zh-CN"):
        speak(person, locale)
        looks_right(person, locale)
        person.shoot(album, f"screen-{screen.name}-{locale}")
    accessible(person)
    person.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    looks_right(person, "zh-CN")
    person.shoot(album, f"screen-{screen.name}-1280")
    person.page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    person.press("text-size")
    looks_right(person, "zh-CN")
    accessible(person)
    person.shoot(album, f"screen-{screen.name}-large")
    largest(person)
    person.press("text-size")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_login_page(chromium: Browser, place: Place, locale: str, album: Path | None) -> None:
    person = somebody(chromium, place, STREET, cookies={"bancheng_locale": locale})
    person.go("/login")
    drawn(person, "login-form")
    looks_right(person, locale)
    accessible(person)
    person.shoot(album, f"screen-login-{locale}")
    person.context.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_citizens_page(
    chromium: Browser, place: Place, locale: str, album: Path | None
) -> None:
    person = somebody(chromium, place, STREET, PHONE, cookies={"bancheng_locale": locale})
    person.go("/p/")
    drawn(person, "track-submit")
    looks_right(person, locale)
    accessible(person)
    person.shoot(album, f"screen-portal-{locale}", whole=True)
    person.page.set_viewport_size({"width": SMALL_PHONE["width"], "height": SMALL_PHONE["height"]})
    for size in ("normal", "large", "xlarge"):
        person.press(f"text-{size}")
        looks_right(person, locale)
    accessible(person)
    person.shoot(album, f"screen-portal-320-{locale}", whole=True)
    person.context.close()


@pytest.mark.parametrize(("path", "part"), [("/p/q", "take-phone"), ("/p/book", "book-submit")])
def test_the_citizens_pages_of_the_queue(
    chromium: Browser, place: Place, path: str, part: str, album: Path | None
) -> None:
    person = somebody(chromium, place, STREET, SMALL_PHONE)
    for locale in LOCALES:
        person.go(path)
        person.the("language").select_option(value=locale)
        expect(person.page.locator("html")).to_have_attribute("lang", LANGUAGES[locale])
        expect(person.page.locator("h1")).to_be_visible()
        expect(
            person.the(part) if part != "portal" else person.page.locator("form")
        ).to_be_visible()
        looks_right(person, locale)
        person.shoot(album, f"screen-portal{path.replace('/', '-')}-{locale}", whole=True)
    accessible(person)
    person.context.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_kiosk(chromium: Browser, place: Place, locale: str, album: Path | None) -> None:
    person = somebody(chromium, place, STREET, KIOSK)
    person.go(f"/kiosk/?device={place.town.halls[STREET].kiosk}")
    person.press(f"language-{locale}")
    expect(person.the("kiosk-type").first).to_be_visible()
    looks_right(person, locale)
    small = """() => [...document.querySelectorAll("button")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.height < 60 || box.width < 60;
    }).map((one) => one.textContent)"""
    assert person.page.evaluate(small) == [], "every target is at least 60 px"
    accessible(person)
    person.shoot(album, f"screen-kiosk-{locale}")
    person.press("door-checkin")
    expect(person.the("kiosk-typed")).to_be_visible()
    looks_right(person, locale)
    assert person.page.evaluate(small) == []
    accessible(person)
    person.shoot(album, f"screen-kiosk-code-{locale}")
    person.context.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_number_display(
    chromium: Browser, place: Place, locale: str, album: Path | None
) -> None:
    person = somebody(chromium, place, STREET, SCREEN, cookies={"bancheng_locale": locale})
    person.go(f"/display/?device={place.town.halls[STREET].display}")
    expect(person.the("display-next").locator("b").first).to_be_visible()
    assert "device" not in person.page.url
    assert person.page.evaluate("document.documentElement.scrollHeight") <= SCREEN["height"]
    assert not person.troubles
    accessible(person)
    person.shoot(album, f"screen-display-{locale}")
    person.context.close()
