"""A hall hires somebody, prints the one-time password, and the person begins her work with a
password that only she knows."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.person import Person, Place, somebody
from tests.browser.test_screens import accessible
from tests.browser.town import STREET

pytestmark = pytest.mark.browser

OWN = "Zhaowo-Shuo 2026"


def test_a_new_handler_is_hired_and_sees_her_inbox(
    chromium: Browser, place: Place, album: Path | None
) -> None:
    admin = somebody(chromium, place, STREET).sign_in("binhe.admin", "/people")
    expect(admin.the("person").first).to_be_visible()
    accessible(admin, '[data-testid="people-page"]')
    admin.shoot(album, "people-list")
    password = _hired(admin, album)
    new = _begun(chromium, place, password, album)
    _locked_out(admin, new, album)
    assert admin.troubles == []


def _hired(admin: Person, album: Path | None) -> str:
    """A post for somebody new; her one-time password."""
    admin.press("person-add")
    admin.fill(**{"person-name": "苗若溪", "person-username": "binhe.miao"})
    admin.tick("role-dept_handler")
    expect(admin.the("person-save")).to_be_disabled()
    admin.nth("person-department", 1)
    admin.shoot(album, "people-hire")
    accessible(admin, '[data-testid="person-dialog"]')
    admin.press("person-save")
    password: str = admin.the("slip-password").inner_text()
    admin.shoot(album, "people-slip")
    accessible(admin, '[data-testid="password-slip"]')
    admin.page.keyboard.press("Escape")
    return password


def _begun(chromium: Browser, place: Place, password: str, album: Path | None) -> Person:
    """The new person, with a password of her own."""
    new = somebody(chromium, place, STREET)
    new.go("/login")
    new.fill(username="binhe.miao", password=password)
    new.press("login-submit")
    expect(new.the("password-form")).to_be_visible()
    new.shoot(album, "people-first")
    new.forgiven.add(422)
    new.fill(**{"password-old": password, "password-new": "password123"})
    new.fill(**{"password-again": "password123"})
    new.press("password-save")
    expect(new.the("password-problem")).to_contain_text("太常见")
    accessible(new)
    new.fill(**{"password-new": OWN, "password-again": OWN})
    new.press("password-save")
    expect(new.the("live-state")).to_have_attribute("data-state", "live")
    expect(new.page).to_have_url(place.url(STREET, "/inbox"))
    new.shoot(album, "people-inbox")
    return new


def _locked_out(admin: Person, new: Person, album: Path | None) -> None:
    """What hangs on her post is looked at, then it is locked: her page is behind the sign-in."""
    admin.fill(**{"people-search": "苗"})
    row = admin.page.locator('[data-testid="person"]')
    expect(row).to_have_count(1)
    admin.press("person-access")
    expect(admin.the("no-holdings")).to_be_visible()
    expect(admin.the("access-sign-out")).to_be_enabled()
    accessible(admin, '[data-testid="access-dialog"]')
    admin.shoot(album, "people-access")
    admin.press("access-lock")
    expect(row).to_contain_text("已锁定")
    expect(new.the("login-overlay")).to_be_visible()
