"""A number's way through the hall: kiosk, display, two windows, board, the citizen's phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from tests.browser.person import PATIENCE_MS, PHONE, SCREEN, Person, Place, somebody
from tests.browser.test_screens import accessible
from tests.browser.town import STREET
from tests.support.servers import PLAIN

pytestmark = pytest.mark.browser

TOUCH = {"width": 1080, "height": 1440}
# Every number that the display announces, in order, with its window.
_ANNOUNCED = """() => {
  window.announced = [];
  const look = () => {
    const shown = document.querySelector("[data-testid=display-call] [data-number]");
    if (!shown) return;
    const call = `${shown.dataset.number}@${shown.dataset.window}`;
    if (window.announced.at(-1) !== call) window.announced.push(call);
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true,
    attributes: true, characterData: true});
  look();
}"""


# Counts the slips instead of printing them.
_PAPER = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who has a browser open at the street's hall."""

    lead: Person
    first: Person
    second: Person
    display: Person
    kiosk: Person
    citizen: Person

    def everybody(self) -> tuple[Person, ...]:
        return (self.lead, self.first, self.second, self.display, self.kiosk, self.citizen)


@pytest.fixture(scope="module")
def open_hall(place: Place) -> None:
    """The street's hall gives out numbers at any hour of any day, so that the story can be told."""
    token = place.town.halls[STREET].tokens[Role.HALL_ADMIN]
    with httpx.Client(
        base_url=f"http://127.0.0.1:{place.site.port}/api/v1/",
        headers={"Host": f"{STREET}.localhost", "Authorization": f"Bearer {token}"},
        verify=PLAIN,
        trust_env=False,
        timeout=30,
    ) as api:
        for queue in api.get("queues").json()["results"]:
            hours = {
                "effective_from": clock.today().isoformat(),
                "hours": [["00:00", "24:00"]],
                "weekdays": [1, 2, 3, 4, 5, 6, 7],
            }
            key = {"Idempotency-Key": f"open-{queue['prefix']}"}
            answer = api.post(f"queues/{queue['id']}/hours", json=hours, headers=key)
            assert answer.status_code == 201, answer.text


@contextmanager
def cast_of(chromium: Browser, place: Place) -> Iterator[Cast]:
    """Everybody at their page; at the end nothing went wrong in any browser."""
    them = Cast(
        lead=somebody(chromium, place, STREET).sign_in("binhe.lead", "/screens"),
        first=somebody(chromium, place, STREET).sign_in("binhe.clerk1", "/desk"),
        second=somebody(chromium, place, STREET).sign_in("binhe.clerk2", "/desk"),
        display=somebody(chromium, place, STREET, SCREEN),
        kiosk=somebody(chromium, place, STREET, TOUCH),
        citizen=somebody(chromium, place, STREET, PHONE),
    )
    for screen in (them.display, them.kiosk):
        screen.forgiven.add(401)
    yield them
    assert not {one.slug: one.troubles for one in them.everybody() if one.troubles}
    for one in them.everybody():
        one.context.close()


def test_a_number_goes_through_the_hall(
    chromium: Browser, place: Place, open_hall: None, shots: Path
) -> None:
    """Issue “windows and queue”: kiosk → display → two windows → board → position page, live."""
    with cast_of(chromium, place) as them:
        _pair(them, them.display, "/display/", "display", "一楼大屏", shots)
        _pair(them, them.kiosk, "/kiosk/", "kiosk", "二号取号机", shots)
        number, code = _take(them, shots)
        _follow(them, code, number, shots)
        _call(them, number, shots)
        _serve(them, number)
        _take_back_a_wrong_call(them)
        _offline_and_back(them, shots)
        _started_without_a_network(them)
        _another_layout(them, shots)
        _revoke(them, shots)


def _pair(them: Cast, screen: Person, path: str, kind: str, name: str, shots: Path) -> None:
    screen.go(path)
    shown = screen.the("pairing-code")
    expect(shown).to_be_visible()
    if kind == "display":
        screen.shoot(shots, "hall-01-pairing")
    lead = them.lead
    lead.press("screen-approve")
    lead.fill(**{"screen-code": shown.get_attribute("data-code") or "", "screen-name": name})
    lead.the("screen-kind").select_option(value=kind)
    lead.press("screen-submit")
    expect(lead.the("screen").filter(has_text=name)).to_be_visible()
    expect(screen.the(kind)).to_be_visible()


def _take(them: Cast, shots: Path) -> tuple[str, str]:
    kiosk = them.kiosk
    kiosk.page.evaluate(_PAPER)
    card = kiosk.page.locator("[data-testid=kiosk-type][data-prefix=A]")
    expect(card).to_be_enabled()
    kiosk.shoot(shots, "hall-02-kiosk")
    accessible(kiosk)
    card.click()
    expect(kiosk.the("kiosk-take")).to_be_enabled()
    kiosk.shoot(shots, "hall-03-kiosk-confirm")
    accessible(kiosk)
    before = _waiting(them)
    kiosk.the("kiosk-take").dblclick()
    ticket = kiosk.the("kiosk-ticket")
    expect(ticket).to_be_visible()
    kiosk.shoot(shots, "hall-04-ticket")
    accessible(kiosk)
    number = ticket.get_attribute("data-number") or ""
    code = ticket.get_attribute("data-code") or ""
    _until(kiosk, "window.printed", 1)
    assert _waiting(them) == before + 1, "a double tap gives one number"
    kiosk.press("ticket-done")
    expect(kiosk.the("kiosk")).to_have_attribute("data-step", "groups")
    return number, code


def _waiting(them: Cast) -> int:
    asked = "fetch('/api/v1/tickets?state=waiting&limit=100').then((answer) => answer.json())"
    return len(them.first.page.evaluate(asked)["results"])


def _follow(them: Cast, code: str, number: str, shots: Path) -> None:
    citizen = them.citizen
    citizen.go(f"/p/t/{code}")
    expect(citizen.the("position")).to_contain_text(number)
    expect(citizen.the("position")).to_have_attribute("data-state", "waiting")
    citizen.shoot(shots, "hall-05-position", whole=True)
    accessible(citizen)
    lead = them.lead
    lead.press("nav-board")
    expect(lead.the("board-waiting")).to_be_visible()


def _call(them: Cast, number: str, shots: Path) -> None:
    first, display = them.first, them.display
    display.page.evaluate(_ANNOUNCED)
    for _ in range(8):
        first.page.keyboard.press("F2")
        expect(first.the("current-ticket")).to_have_attribute("data-state", "called")
        if number in first.the("current-ticket").inner_text():
            break
        first.press("miss")
        expect(first.the("call-next")).to_be_enabled()
    expect(first.the("current-ticket")).to_contain_text(number)
    called = display.the("display-call").locator(f"[data-number={number}][data-window='1']")
    expect(called).to_be_visible()
    citizen = them.citizen
    expect(citizen.the("position")).to_have_attribute("data-say", "called")
    expect(citizen.the("position-say")).to_contain_text("1")
    expect(them.lead.the("board-window-1")).to_contain_text(number)
    display.shoot(shots, "hall-06-called")
    first.shoot(shots, "hall-07-window")
    citizen.shoot(shots, "hall-08-position-called", whole=True)
    them.lead.shoot(shots, "hall-09-board", whole=True)
    accessible(display)
    accessible(first)


def _serve(them: Cast, number: str) -> None:
    them.first.page.keyboard.press("F4")
    expect(them.citizen.the("position")).to_have_attribute("data-state", "serving")
    expect(them.first.the("finish")).to_be_visible()
    them.first.page.keyboard.press("F8")
    expect(them.citizen.the("position")).to_have_attribute("data-state", "finished")
    expect(them.first.the("call-next")).to_be_visible()


def _take_back_a_wrong_call(them: Cast) -> None:
    second, display = them.second, them.display
    second.press("call-next")
    ticket = second.the("current-ticket")
    expect(ticket).to_have_attribute("data-state", "called")
    shown = display.the("display-call").locator("[data-window='2']")
    expect(shown).to_be_visible()
    second.press("undo-call")
    expect(second.the("call-next")).to_be_visible()
    expect(shown).to_have_count(0)


def _offline_and_back(them: Cast, shots: Path) -> None:
    display, second = them.display, them.second
    display.page.evaluate("window.announced = []")
    display.context.set_offline(True)
    expect(display.the("display-lost")).to_be_visible()
    display.shoot(shots, "hall-10-lost")
    wanted = []
    for _ in range(2):
        second.press("call-next")
        expect(second.the("current-ticket")).to_have_attribute("data-state", "called")
        wanted.append(second.the("current-ticket").locator("strong").inner_text())
        second.press("miss")
        expect(second.the("call-next")).to_be_enabled()
    display.context.set_offline(False)
    expected = [f"{number}@2" for number in wanted]
    _until(display, f"window.announced.slice(-{len(expected)})", expected)
    expect(display.the("display-lost")).to_have_count(0)
    display.troubles.clear()


def _started_without_a_network(them: Cast) -> None:
    """After a power cut the screen comes up from what it kept, and says since when it is alone."""
    display = them.display
    kept = "() => caches.open('bancheng-screen-1').then((c) => c.keys()).then((k) => k.length > 3)"
    _until(display, kept, True)
    display.context.set_offline(True)
    display.page.reload()
    expect(display.the("display-call").locator("[data-number]")).to_be_visible()
    expect(display.the("display-lost")).to_be_visible()
    display.context.set_offline(False)
    expect(display.the("display-lost")).to_have_count(0)
    display.troubles.clear()


def _until(person: Person, expression: str, wanted: object) -> None:
    """Ask the page until it answers so; its own policy keeps the tool from waiting in it."""
    for _ in range(PATIENCE_MS // 100):
        if person.page.evaluate(expression) == wanted:
            return
        person.page.wait_for_timeout(100)
    assert person.page.evaluate(expression) == wanted


def _another_layout(them: Cast, shots: Path) -> None:
    lead, display = them.lead, them.display
    lead.press("nav-screens")
    lead.shoot(shots, "hall-11-screens")
    accessible(lead)
    lead.the("screen").filter(has_text="一楼大屏").get_by_test_id("screen-edit").click()
    lead.the("screen-layout").select_option(value="table")
    lead.press("screen-submit")
    expect(display.the("display")).to_have_attribute("data-layout", "table")
    display.shoot(shots, "hall-12-table")
    accessible(display)


def _revoke(them: Cast, shots: Path) -> None:
    lead, display = them.lead, them.display
    row = lead.the("screen").filter(has_text="一楼大屏")
    row.get_by_test_id("screen-end").click()
    lead.press("screen-end-sure")
    expect(display.the("device-revoked")).to_be_visible(timeout=10_000)
    display.shoot(shots, "hall-13-revoked")
    accessible(display)
    expect(row).to_have_attribute("data-health", "ended")
