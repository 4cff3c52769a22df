"""Ways through the hall that are rarer: by phone, back after a miss, by appointment, sent on, ended
for somebody; the room for a heated moment and a clerk's training."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, expect

from bancheng.config.runtime.database import with_database
from bancheng.config.runtime.services import Services
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from tests.browser.person import PHONE, Person, Place, somebody
from tests.browser.test_hall_day import TOUCH, open_hall  # noqa: F401  a fixture
from tests.browser.test_reception import at_ease
from tests.browser.test_screens import accessible
from tests.browser.town import STREET
from tests.support.servers import PLAIN

_MOMENTS = ("waits_from", "called_at", "started_at")
SOON, LATE = "19900009876", "19900009877"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("open_hall")]


@pytest.fixture(scope="module")
def api(place: Place) -> Iterator[httpx.Client]:
    """What a screen of this story does not do, as the hall's administrator."""
    token = place.town.halls[STREET].tokens[Role.HALL_ADMIN]
    with httpx.Client(
        base_url=f"http://127.0.0.1:{place.site.port}/api/v1/",
        headers={"Host": f"{STREET}.localhost", "Authorization": f"Bearer {token}"},
        verify=PLAIN,
        trust_env=False,
        timeout=30,
    ) as client:
        yield client


def posted(api: httpx.Client, path: str, body: dict[str, Any], key: str) -> Any:
    answer = api.post(path, json=body, headers={"Idempotency-Key": key})
    assert answer.is_success, answer.text
    return answer.json()


def kiosk(lead: Person, chromium: Browser, place: Place) -> Person:
    """A kiosk that the shift lead has paired."""
    screen = somebody(chromium, place, STREET, TOUCH)
    screen.forgiven.add(401)
    screen.go("/kiosk/")
    shown = screen.the("pairing-code")
    expect(shown).to_be_visible()
    lead.press("screen-approve")
    lead.fill(**{"screen-code": shown.get_attribute("data-code") or "", "screen-name": "三号机"})
    lead.the("screen-kind").select_option(value="kiosk")
    lead.press("screen-submit")
    expect(screen.the("kiosk")).to_be_visible()
    return screen


def typed(screen: Person, door: str, code: str) -> None:
    """A code on the number pad."""
    screen.press(door)
    for sign in code.upper():
        screen.press(f"key-{sign}")
    screen.press("kiosk-send")


def an_hour_passes(services: Services, place: Place) -> None:
    """Whoever is being served in the street's hall has been for an hour: a stuck service."""
    assert services.superuser_url is not None
    schema = place.town.halls[STREET].ref.schema_name
    url = with_database(services.superuser_url, f"test_town_{os.getpid()}")
    moved = ", ".join(f"{at} = {at} - interval '1 hour'" for at in ("taken_at", *_MOMENTS))
    with psycopg.connect(url) as open_one:
        open_one.execute(f"UPDATE {schema}.windows_ticket SET {moved} WHERE state = 'serving'")


def test_by_phone_missed_and_back_at_the_kiosk(
    chromium: Browser, place: Place, shots: Path
) -> None:
    """F105: a number by one's own phone, called by name of its number, missed, back once."""
    citizen = somebody(chromium, place, STREET, PHONE)
    citizen.go("/p/q")
    citizen.tick("take-A")
    citizen.fill(**{"take-phone": "19900005678"})
    citizen.press("take-submit")
    at = citizen.the("position")
    expect(at).to_have_attribute("data-state", "waiting")
    code = citizen.page.url.rsplit("/", 1)[1]
    asked = f"fetch('/api/v1/portal/positions/{code}').then((answer) => answer.json())"
    number = citizen.page.evaluate(asked)["number"]
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/screens")
    screen = kiosk(lead, chromium, place)

    clerk = somebody(chromium, place, STREET).sign_in("binhe.clerk1", "/desk")
    row = clerk.the("waiting-ticket").filter(has_text=number)
    row.get_by_test_id("call-this").click()
    expect(clerk.the("current-ticket")).to_contain_text(number)
    expect(at).to_have_attribute("data-state", "called")
    clerk.press("miss")
    expect(at).to_have_attribute("data-state", "missed")
    citizen.shoot(shots, "hall-26-missed", whole=True)
    typed(screen, "door-return", code)
    expect(screen.the("kiosk-ticket")).to_contain_text(number)
    screen.shoot(shots, "hall-27-back-in-line")
    accessible(screen)
    expect(at).to_have_attribute("data-state", "waiting")
    for person in (citizen, clerk, lead, screen):
        at_ease(person)


def test_an_appointment_is_checked_in_at_the_kiosk(
    chromium: Browser, place: Place, api: httpx.Client, shots: Path
) -> None:
    """F103: the next slot's booking becomes a number; one for tomorrow is told when to come."""
    queues = api.get("queues").json()["results"]
    queue = next(one["id"] for one in queues if one["prefix"] == "G")
    posted(api, f"queues/{queue}", {"slot_capacity": 3}, "further-capacity")
    today = clock.today()
    coming = [
        slot["start"]
        for day in (today, today + timedelta(days=1))
        for slot in api.get(f"appointments/slots?queue={queue}&day={day}").json()["slots"]
        if datetime.fromisoformat(slot["start"]) > clock.now()
    ]
    person = {"queue": queue, "name": "高远"}
    soon = posted(api, "appointments", person | {"start": coming[0], "phone": SOON}, "further-1")
    late = posted(api, "appointments", person | {"start": coming[-1], "phone": LATE}, "further-2")

    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/screens")
    screen = kiosk(lead, chromium, place)
    screen.forgiven.add(409)
    typed(screen, "door-checkin", late["code"])
    expect(screen.the("kiosk-problem")).to_be_visible()
    screen.press("kiosk-back")
    typed(screen, "door-checkin", soon["code"])
    expect(screen.the("kiosk-ticket")).to_be_visible()
    screen.shoot(shots, "hall-28-check-in")
    for one in (lead, screen):
        at_ease(one)


def test_sent_to_another_window_and_ended_by_the_lead(
    chromium: Browser, place: Place, services: Services, shots: Path
) -> None:
    """Transfer to a window; the shift lead ends a service that hangs; the room is booked (C-88)."""
    clerk = somebody(chromium, place, STREET).sign_in("binhe.clerk4", "/desk")
    clerk.press("walk-in")
    clerk.press("walk-in-G")
    expect(clerk.the("current-ticket")).to_have_attribute("data-state", "serving")
    clerk.press("transfer")
    clerk.press("transfer-window")
    clerk.the("transfer-target").select_option(index=1)
    clerk.press("transfer-submit")
    expect(clerk.the("call-next")).to_be_visible()

    clerk.press("walk-in")
    clerk.press("walk-in-G")
    expect(clerk.the("current-ticket")).to_have_attribute("data-state", "serving")
    an_hour_passes(services, place)
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/board")
    lead.press("end-service-4")
    lead.fill(**{"end-reason": "系统卡住"})
    lead.press("end-submit")
    expect(clerk.the("call-next")).to_be_visible()

    lead.go("/reception/feedback")
    lead.press("kind-tension")
    lead.the("room-which").select_option(value="quiet")
    lead.the("room-start").select_option(index=2)
    lead.the("room-second").select_option(index=1)
    lead.press("room-book")
    expect(lead.the("room-booking")).to_have_count(1)
    lead.shoot(shots, "hall-29-room")
    accessible(lead)
    lead.press("room-cancel")
    expect(lead.the("room-booking")).to_have_count(0)
    for person in (clerk, lead):
        at_ease(person)


def test_a_test_is_recorded_and_a_window_shows_the_gap(
    chromium: Browser, place: Place, shots: Path
) -> None:
    """C-67: one clerk was tested for a line, so the others who serve it see a hint."""
    admin = somebody(chromium, place, STREET).sign_in("binhe.admin", "/lines")
    admin.press("add-skill")
    admin.choose("skill-post", place.town.person("binhe.clerk1"))
    admin.the("skill-queue").select_option(label="G · 民政事务")
    admin.fill(**{"skill-score": "92"})
    admin.press("skill-save")
    expect(admin.the("skill")).to_have_count(1)
    expect(admin.the("skill-gap").first).to_be_visible()
    admin.shoot(shots, "hall-30-skills")
    accessible(admin)
    clerk = somebody(chromium, place, STREET).sign_in("binhe.clerk4", "/desk")
    expect(clerk.the("skill-hint")).to_contain_text("民政事务")
    for person in (admin, clerk):
        at_ease(person)
