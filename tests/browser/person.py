"""Somebody at a browser of their own; whatever goes wrong in it is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.browser.town import Town
from tests.support.people import PASSWORD
from tests.support.servers import Site

DESK = {"width": 1440, "height": 940}
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1280, "height": 720}
PATIENCE_MS = 30_000
_LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("policy", event.violatedDirective, event.blockedURI, event.sample))"""
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True, slots=True)
class Place:
    """A running site with the town in it."""

    site: Site
    town: Town

    def url(self, slug: str, path: str) -> str:
        """An address at a hall's own host; Chromium leads every `.localhost` to the loopback."""
        return f"http://{slug}.localhost:{self.site.port}{path}"


@dataclass
class Person:
    """One browser context at one hall. `forgiven` are statuses the story itself provokes."""

    place: Place
    slug: str
    context: BrowserContext
    page: Page = field(init=False)
    troubles: list[str] = field(default_factory=list)
    forgiven: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(_LISTEN)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)

    def _said(self, message: ConsoleMessage) -> None:
        refused = _REFUSED.search(message.text)
        if message.type in ("error", "warning") and not refused:
            self.troubles.append(f"console {message.type}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.forgiven:
            self.troubles.append(f"{response.status} {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # leaving a page ends its questions
            self.troubles.append(f"{request.failure} {request.url}")

    def go(self, path: str) -> None:
        """Open an address of the hall."""
        self.page.goto(self.place.url(self.slug, path))

    def sign_in(self, username: str, at: str) -> Self:
        """By the login page, to the page that was wanted."""
        self.go(at)
        self.fill(username=username, password=PASSWORD)
        self.press("login-submit")
        expect(self.the("live-state")).to_have_attribute("data-state", "live")
        return self

    def the(self, name: str) -> Locator:
        """A part of the page by its test id."""
        return self.page.get_by_test_id(name)

    def press(self, name: str) -> None:
        """Click a control."""
        self.the(name).click()

    def fill(self, **texts: str) -> None:
        """Type into fields by their test ids."""
        for name, text in texts.items():
            self.the(name).fill(text)

    def use(self, wanted: Locator) -> None:
        """Press a button or follow a link that has no name of its own."""
        wanted.click()

    def type_in(self, field: Locator, text: str) -> None:
        """Write into one field, in place of what stands there."""
        field.fill(text)

    def choose(self, name: str, label: str) -> None:
        """Pick from a list by what a person reads."""
        self.the(name).select_option(label=label)

    def pick(self, select: Locator, value: str) -> None:
        """Pick from a list by its code."""
        select.select_option(value=value)

    def nth(self, name: str, at: int) -> None:
        """Pick from a list by the place in it."""
        self.the(name).select_option(index=at)

    def tick(self, *names: str) -> None:
        """Check radio buttons and boxes."""
        for name in names:
            self.the(name).check()

    def shoot(self, folder: Path | None, name: str, *, whole: bool = False) -> None:
        """A picture of what this person sees now, if there is a folder for it."""
        if folder is None:
            return
        self.page.screenshot(
            path=folder / f"{name}.png", full_page=whole, animations="disabled", caret="hide"
        )


def somebody(
    chromium: Browser,
    place: Place,
    slug: str,
    size: Mapping[str, int] = DESK,
    cookies: Mapping[str, str] | None = None,
) -> Person:
    """A new browser far away from the hall, so that a time in the browser's own zone shows."""
    return Person(place, slug, new_context(chromium, place, slug, size, cookies))


def new_context(
    chromium: Browser,
    place: Place,
    slug: str,
    size: Mapping[str, int] = DESK,
    cookies: Mapping[str, str] | None = None,
) -> BrowserContext:
    """The browser itself; calm, in Chinese, in New York's time."""
    context = chromium.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="zh-CN",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    for name, value in (cookies or {}).items():
        context.add_cookies([{"name": name, "value": value, "url": place.url(slug, "/")}])
    return context
