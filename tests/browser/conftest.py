"""One town and one Chromium for all browser tests."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from bancheng.config.runtime.services import Services
from tenants import directory
from tests.browser.looks import ALL, LOOKS
from tests.browser.person import Place
from tests.browser.town import settle
from tests.support import databases
from tests.support.servers import site_in

_ARGUMENTS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--force-color-profile=srgb", "--autoplay-policy=no-user-gesture-required"),
)


@pytest.fixture(scope="package")
def program() -> str:
    """Where Chromium is: BANCHENG_CHROMIUM, or the system's; without one nothing is driven."""
    found = os.environ.get("BANCHENG_CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium here: install Debian's, or name one in BANCHENG_CHROMIUM")
    return found


@pytest.fixture(scope="package")
def places(
    program: str,
    services: Services,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Place, ...]]:
    """The town's database, a web process and a worker; browsers only talk to these.

    One town, or as many equal ones as there are looks in which every story is told.
    """
    assert services.superuser_url is not None
    known = connections.databases
    before = {alias: dict(known[alias]) for alias in ("default", "owner")}
    server, name = services.superuser_url, f"test_town_{os.getpid()}"
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            own = [stack.enter_context(databases.copy_of(server, template_database, name))]
            databases.point_at(own[0])
            town = settle()
            connections.close_all()
            for at in range(1, len(LOOKS) if ALL else 1):
                own.append(stack.enter_context(databases.copy_of(server, name, f"{name}_{at}")))
            sites = []
            for urls in own:
                databases.point_at(urls)
                sites.append(stack.enter_context(site_in(tmp_path_factory.mktemp("town"))))
            connections.close_all()
            for alias, entry in before.items():
                known[alias].update(entry)
            directory.forget()
        for site in sites:
            asyncio.run(site.complete())
        yield tuple(Place(site, town) for site in sites)


@pytest.fixture(scope="package")
def place(places: tuple[Place, ...]) -> Place:
    """The town in which everything happens that is told once."""
    return places[0]


@pytest.fixture(scope="package")
def chromium(places: tuple[Place, ...], program: str) -> Iterator[Browser]:
    """One browser for all; ends before the sites do."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the story's pictures go: BANCHENG_SCREENSHOTS, or a folder that pytest clears."""
    wanted = os.environ.get("BANCHENG_SCREENSHOTS")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def album(shots: Path) -> Path | None:
    """The same for the sixty pictures of single screens, which are only taken when asked for."""
    return shots if "BANCHENG_SCREENSHOTS" in os.environ else None
