"""The album: what the other tests do not show is opened, looked at and kept as a picture.

Only when somebody asks for pictures: `BANCHENG_SCREENSHOTS=<folder>`; `album.py` makes the small
ones of docs/screenshots out of them.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from tests.browser.further_screens import FURTHER
from tests.browser.person import Person, Place, somebody
from tests.browser.test_screens import Desks, Screen, accessible, drawn, looks_right
from tests.browser.town import CITY, DISTRICT, STREET

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("BANCHENG_SCREENSHOTS" not in os.environ, reason="nobody wants pictures"),
]
LOCALES = tuple(os.environ.get("BANCHENG_ALBUM_LOCALES", "zh-CN,zh-TW,en").split(","))
SEALED = {
    "title": "办件时被暗示找人代办",
    "detail": "申请人称办件时被暗示找中介，不愿公开。",
    "name": "林晓雨",
    "phone": "19900001234",
}
_NAMED = re.compile(r"\{case:([^}]+)\}")


@dataclass(slots=True)
class Album(Desks):
    """The same people in one language each; opens what a screen hides."""

    locale: str = "zh-CN"

    def of(self, screen: Screen) -> Person:
        if screen.who not in self.open:
            cookies = {"bancheng_locale": self.locale}
            person = somebody(self.chromium, self.place, screen.hall, cookies=cookies)
            self.open[screen.who] = person.sign_in(screen.who, "/account")
        return self.open[screen.who]

    def show(self, screen: Screen) -> Person:
        person = self.of(screen)
        person.go(self.address(screen))
        expect(person.page.locator("h1, h2").first).to_be_visible()
        for name in screen.press:
            self._press(person, name)
        drawn(person, screen.part)
        return person

    def _press(self, person: Person, name: str) -> None:
        if "+" in name:
            expect(person.the("case-title")).to_be_visible()
            person.page.keyboard.press(name)
        elif name.startswith("^"):
            person.page.locator(f"[data-testid^='{name[1:]}']:enabled").first.click()
        elif ">" in name:
            part, inner = name.split(">")
            person.the(part).locator(inner).first.click()
        else:
            person.the(name).first.click()

    def address(self, screen: Screen) -> str:
        named = _NAMED.search(screen.path)
        if named is None:
            return Desks.address(self, screen)
        found = self.asked(screen, f"cases?limit=1&q={named[1]}")
        return _NAMED.sub(str(found["results"][0]["id"]), screen.path)

    def asked(self, screen: Screen, path: str) -> dict:
        """An answer of the API, with the session of the page."""
        question = "(path) => fetch('/api/v1/' + path).then((answer) => answer.json())"
        return dict(self.of(screen).page.evaluate(question, path))


@pytest.fixture(scope="module", params=LOCALES)
def album_of(chromium: Browser, place: Place, request: pytest.FixtureRequest) -> Iterator[Album]:
    found = Album(chromium, place, {}, request.param)
    yield found
    for person in found.open.values():
        person.context.close()


@pytest.mark.parametrize("screen", FURTHER, ids=lambda screen: screen.name)
def test_what_a_screen_hides(album_of: Album, screen: Screen, shots: Path) -> None:
    person = album_of.show(screen)
    person.shoot(shots, f"further-{screen.name}-{album_of.locale}")
    looks_right(person, album_of.locale)
    covered = person.page.get_by_role("dialog").filter(visible=True).count()
    accessible(person, "[role=dialog]" if covered else "html")


WORKERS = (
    ("binhe.desk1", STREET),
    ("binhe.lead", STREET),
    ("binhe.pcs", STREET),
    ("qinghe.desk1", DISTRICT),
    ("qinghe.lead", DISTRICT),
    ("qinghe.sc.lead", DISTRICT),
    ("qinghe.sp.handler", DISTRICT),
    ("shimin.desk1", CITY),
    ("shimin.lead", CITY),
    ("shimin.rs.handler", CITY),
    ("shimin.wl.lead", CITY),
    ("shimin.gjj.handler", CITY),
)


def test_every_form_of_a_step(album_of: Album, shots: Path) -> None:
    """Each step once, at the first case that allows it, by whoever may take it."""
    seen: set[str] = set()
    wrong: dict[str, str] = {}
    for who, hall in WORKERS:
        at = Screen("step", hall, "", "case", who)
        for row in album_of.asked(at, "cases?limit=40")["results"]:
            about = album_of.asked(at, f"cases/{row['id']}")
            for step in sorted(set(about["allowed_steps"]) - seen):
                seen.add(step)
                person = album_of.show(replace(at, path=f"/cases/{row['id']}"))
                try:
                    if not _begun(person, step):
                        continue
                    person.shoot(shots, f"step-{step}-{album_of.locale}")
                    looks_right(person, album_of.locale)
                    accessible(person, f"[data-testid='form-{step}']")
                except AssertionError as error:
                    wrong[step] = str(error)[:600]
    assert wrong == {}


def _begun(person: Person, step: str) -> bool:
    """Open a step's form, wherever it is offered; steps without one are not taken."""
    written = person.the(f"form-{step}").count() > 0
    for name in () if written else (f"compose-{step}", f"step-{step}", f"beside-{step}"):
        if (
            name == f"step-{step}"
            and not person.the(name).count()
            and person.the("more-steps").count()
        ):
            person.press("more-steps")
        if person.the(name).count() and step != "sign":
            person.press(name)
            break
    form: Locator = person.the(f"form-{step}")
    if not form.count() and step == "sign":
        return False
    try:
        expect(form).to_be_visible(timeout=3_000)
    except AssertionError:
        return False
    form.scroll_into_view_if_needed()
    return True


@pytest.mark.parametrize(
    "who",
    [("shimin.desk1", CITY), ("shimin.lead", CITY), ("shimin.gjj.handler", CITY)],
    ids=lambda one: one[0],
)
def test_every_form_of_work(album_of: Album, who: tuple[str, str], shots: Path) -> None:
    """What a case's tab of work can begin."""
    at = Screen(
        "work", who[1], "/cases/{case:公积金账户二〇〇一年}", "work-tab", who[0], ("tab-work",)
    )
    person = album_of.show(at)
    names = _offered(person, "begin-")
    wrong: dict[str, str] = {}
    for name in names:
        person = album_of.show(at)
        person.press(name)
        person.shoot(shots, f"work-{who[0].split('.')[1]}-{name[6:]}-{album_of.locale}", whole=True)
        try:
            looks_right(person, album_of.locale)
            accessible(person)
        except AssertionError as error:
            wrong[name] = str(error)[:600]
    assert wrong == {}


def test_every_step_of_a_sealed_file(album_of: Album, shots: Path) -> None:
    """C-57: written down quietly, seen by an observer, and what a supervisor may do with it."""
    clerk = album_of.show(Screen("new", CITY, "/conduct/new", "conduct-new", "shimin.desk1"))
    for name, text in SEALED.items():
        clerk.type_in(clerk.the(f"conduct-{name}"), text)
    clerk.tick("conduct-fact-F4", "conduct-told")
    clerk.press("conduct-register")
    expect(clerk.the("conduct-receipt")).to_be_visible()
    path, part, row = "/conduct/files", "conduct-file", ("conduct-row>a",)
    observer = album_of.show(Screen("file", CITY, path, part, "shimin.observer", row))
    observer.shoot(shots, f"further-conduct-file-{album_of.locale}")
    looks_right(observer, album_of.locale)
    accessible(observer)
    at = Screen("conduct", CITY, path, part, "shimin.supervisor", row)
    for name in _offered(album_of.show(at), "do-"):
        person = album_of.show(at)
        person.press(name)
        expect(person.the("conduct-step")).to_be_visible()
        person.shoot(shots, f"conduct-{name[3:]}-{album_of.locale}")
        looks_right(person, album_of.locale)
        accessible(person, "[role=dialog]")


def _offered(person: Person, beginning: str) -> list[str]:
    """The names of the buttons that begin so."""
    found = person.page.locator(f"[data-testid^={beginning}]").all()
    return [str(one.get_attribute("data-testid")) for one in found]


def test_the_states_of_a_list(album_of: Album, shots: Path) -> None:
    """Empty, failed and waiting look alike everywhere; here on the list of cases."""
    at = Screen("cases", STREET, "/cases", "cases", "binhe.desk1")
    person = album_of.of(at)
    person.go("/cases?q=没有这样的办件")
    expect(person.page.locator(".bc-empty")).to_be_visible()
    person.shoot(shots, f"state-empty-{album_of.locale}")
    looks_right(person, album_of.locale)
    person.page.route("**/api/v1/cases?**", lambda route: route.abort())
    person.go("/cases")
    expect(person.page.locator(".bc-error")).to_be_visible()
    person.shoot(shots, f"state-failed-{album_of.locale}")
    accessible(person)
    person.page.unroute_all()
    person.page.route("**/api/v1/cases?**", lambda route: None)
    person.go("/cases")
    expect(person.page.locator(".bc-skeleton--shown").first).to_be_visible()
    person.shoot(shots, f"state-waiting-{album_of.locale}")
    person.page.unroute_all(behavior="ignoreErrors")
    person.troubles.clear()


PRINTED = (
    Screen("case", CITY, "/cases/{case:公积金账户二〇〇一年}", "timeline", "shimin.desk1"),
    Screen("cases", CITY, "/cases", "cases", "shimin.desk1"),
    Screen("ledger", STREET, "/ledger", "ledger-line", "binhe.lead"),
    Screen("board", STREET, "/board", "board-signals", "binhe.lead"),
    Screen("city", CITY, "/city", "city-heat", "shimin.city"),
)


@pytest.mark.parametrize("screen", PRINTED, ids=lambda screen: screen.name)
def test_a_page_on_paper(album_of: Album, screen: Screen, shots: Path) -> None:
    """What the printer gets; a picture of each sheet is made of it by whoever looks."""
    person = album_of.show(screen)
    person.page.pdf(path=shots / f"print-{screen.name}-{album_of.locale}.pdf", format="A4")


def test_a_difference_of_configurations(album_of: Album, shots: Path) -> None:
    """C-79: the district's file, laid beside what the street has."""
    theirs = Screen("config", DISTRICT, "", "", "qinghe.admin")
    found = album_of.asked(theirs, "setup/configuration")
    here = Screen("config", STREET, "/admin/configuration", "configuration-panel", "binhe.admin")
    person = album_of.show(here)
    content = json.dumps(found, ensure_ascii=False).encode()
    paper: FilePayload = {"name": "青禾.json", "mimeType": "application/json", "buffer": content}
    person.the("configuration-file").set_input_files([paper])
    expect(person.the("configuration-diff")).to_be_visible()
    person.shoot(shots, f"further-config-diff-{album_of.locale}", whole=True)
    looks_right(person, album_of.locale)
    accessible(person)


def test_the_ledger_as_a_file(album_of: Album, shots: Path) -> None:
    """C-38: what a spreadsheet opens; looked at by whoever made the album."""
    at = Screen("ledger", CITY, "/ledger", "ledger-line", "shimin.lead")
    person = album_of.show(at)
    person.press("ledger-file")
    with person.page.expect_download() as got:
        person.press("file-submit")
    got.value.save_as(shots / f"ledger-{album_of.locale}.xlsx")
