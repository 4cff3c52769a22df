"""The front of the hall: a greeter's number, an appointment, a call for help, a line set up."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import PHONE, SCREEN, Person, Place, somebody
from tests.browser.test_hall_day import open_hall  # noqa: F401  a fixture
from tests.browser.test_screens import accessible
from tests.browser.town import STREET

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("open_hall")]


def at_ease(person: Person) -> None:
    assert not person.troubles
    person.context.close()


def test_a_greeter_gives_a_number_with_three_fields(
    chromium: Browser, place: Place, shots: Path
) -> None:
    """C-85: what is it about, where to, which line; no name and no case."""
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/reception")
    lead.fill(**{"greeting-matter": "给孩子办医保"})
    lead.the("greeting-queue").select_option(label="C · 社保医保")
    lead.press("greeting-submit")
    expect(lead.the("new-number")).to_contain_text("C0")
    expect(lead.the("greeting-row").filter(has_text="给孩子办医保")).to_be_visible()
    lead.shoot(shots, "hall-20-greeting")
    accessible(lead)
    lead.press("reception-guidance")
    lead.fill(**{"guidance-matter": "养老认证"})
    lead.tick("check-0", "check-1", "result-incomplete")
    lead.press("guidance-submit")
    expect(lead.the("guidance-row").filter(has_text="养老认证")).to_be_visible()
    lead.press("reception-feedback")
    lead.tick("category-praise")
    lead.fill(**{"feedback-matter": "窗口很耐心"})
    lead.press("feedback-submit")
    expect(lead.the("feedback-row").filter(has_text="窗口很耐心")).to_be_visible()
    at_ease(lead)


def with_appointments(admin: Person, shots: Path) -> Person:
    """The administrator, who has opened the line G to two appointments a slot."""
    admin.sign_in("binhe.admin", "/lines")
    row = admin.page.locator("[data-testid=setup-queue][data-prefix=G]")
    row.get_by_test_id("edit-queue").click()
    admin.fill(**{"setup-capacity": "2", "setup-contingent": "40"})
    admin.press("setup-save")
    expect(row).to_contain_text("每时段预约 2 人")
    admin.shoot(shots, "hall-21-lines")
    accessible(admin)
    return admin


def test_an_appointment_is_booked_seen_and_given_back(
    chromium: Browser, place: Place, shots: Path
) -> None:
    """C-76: the hall opens appointments for a line, a citizen books one and cancels it."""
    admin = with_appointments(somebody(chromium, place, STREET), shots)
    citizen = somebody(chromium, place, STREET, PHONE)
    citizen.go("/p/book")
    citizen.tick("book-G")
    days = citizen.page.locator("input[name=day]")
    days.last.check()  # today's last hours can no longer be given back
    slot = citizen.the("book-slot-option").first
    expect(slot).to_have_value(re.compile(f"^{days.last.input_value()}"))
    slot.check()
    citizen.fill(**{"book-name-field": "林晓雨", "book-phone-field": "19900001234"})
    citizen.shoot(shots, "hall-22-booking", whole=True)
    accessible(citizen)
    citizen.press("book-submit")
    receipt = citizen.the("booking")
    expect(receipt).to_have_attribute("data-state", "booked")
    citizen.shoot(shots, "hall-23-booked", whole=True)
    accessible(citizen)
    assert "林晓雨" not in citizen.page.locator("body").inner_text()

    day = citizen.page.evaluate(
        """() => fetch(`/api/v1/portal/bookings/${location.pathname.split("/").at(-1)}`)
        .then((answer) => answer.json()).then((body) => body.start.slice(0, 10))"""
    )
    admin.go("/reception/appointments")
    admin.fill(**{"appointment-day": day})
    booked = admin.the("appointment").filter(has_text="林")
    expect(booked).to_have_attribute("data-state", "booked")
    citizen.press("booking-cancel")
    citizen.press("booking-cancel-sure")
    expect(receipt).to_have_attribute("data-state", "cancelled")
    expect(booked).to_have_attribute("data-state", "cancelled")
    for person in (admin, citizen):
        at_ease(person)


def test_a_call_for_help_is_seen_everywhere_until_somebody_comes(
    chromium: Browser, place: Place, shots: Path
) -> None:
    clerk = somebody(chromium, place, STREET).sign_in("binhe.clerk3", "/desk")
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/cases")
    clerk.press("panic")
    alarm = lead.the("alarm")
    expect(alarm).to_contain_text("3 号窗口求助")
    lead.shoot(shots, "hall-24-alarm")
    accessible(lead)
    lead.press("alarm-accept")
    expect(clerk.the("alarm")).to_have_attribute("data-state", "accepted")
    lead.press("alarm-end")
    expect(alarm).to_have_count(0)
    expect(clerk.the("alarm")).to_have_count(0)
    for person in (clerk, lead):
        at_ease(person)


def test_a_person_is_set_aside_taken_up_again_and_sent_on(
    chromium: Browser, place: Place, shots: Path
) -> None:
    """Park and resume, several matters, transfer to another line with the wait kept."""
    clerk = somebody(chromium, place, STREET).sign_in("binhe.clerk4", "/desk")
    clerk.press("walk-in")
    clerk.press("walk-in-G")
    ticket = clerk.the("current-ticket")
    expect(ticket).to_have_attribute("data-state", "serving")
    number = ticket.locator("strong").inner_text()
    clerk.press("next-matter")
    expect(clerk.the("next-matter")).to_be_enabled()
    clerk.press("park")
    expect(clerk.the("parked-ticket")).to_contain_text(number)
    clerk.press("resume-ticket")
    expect(ticket).to_have_attribute("data-state", "serving")
    clerk.press("transfer")
    clerk.the("transfer-target").select_option(label="A · 综合业务")
    clerk.shoot(shots, "hall-25-transfer")
    clerk.press("transfer-submit")
    expect(clerk.the("call-next")).to_be_visible()
    expect(clerk.the("parked-ticket")).to_have_count(0)
    at_ease(clerk)


def test_the_sign_at_the_door(chromium: Browser, place: Place, shots: Path) -> None:
    """C-82: open or closed, how many wait, how long; figures only."""
    lead = somebody(chromium, place, STREET).sign_in("binhe.lead", "/screens")
    sign = somebody(chromium, place, STREET, SCREEN)
    sign.forgiven.add(401)
    sign.go("/display/")
    shown = sign.the("pairing-code")
    lead.press("screen-approve")
    expect(shown).to_be_visible()
    lead.fill(**{"screen-code": shown.get_attribute("data-code") or "", "screen-name": "大门"})
    lead.the("screen-kind").select_option(value="entrance")
    lead.press("screen-submit")
    expect(sign.the("entrance-state")).to_have_attribute("data-open", "true")
    expect(sign.the("entrance-waiting")).not_to_have_text("")
    sign.shoot(shots, "hall-26-entrance")
    accessible(sign)
    for person in (lead, sign):
        at_ease(person)
