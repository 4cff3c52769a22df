"""Embedded services, a database per run, five halls in two networks."""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer

from bancheng.city.calendar import queries as calendar
from bancheng.city.parameters import queries as parameters
from bancheng.config.runtime.services import Services, running
from bancheng.kernel.hall import HallRef
from bancheng.services.live import hints
from tenants import directory, lineage
from tests.support import clients, databases, folders, people, workers

_numbers = itertools.count()
_CHROMIUM = Path(os.environ.get("BANCHENG_CHROMIUM", "/usr/bin/chromium"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    return workers.number(config)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> workers.ByUnit:
    return workers.ByUnit(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped where there is no Chromium, but never in CI, which installs one."""
    workers.longest_first(items)
    if _CHROMIUM.exists() or os.environ.get("CI"):
        return
    skipped = pytest.mark.skip(
        reason=f"no Chromium at {_CHROMIUM}: install it, or name one in BANCHENG_CHROMIUM"
    )
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skipped)


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """PostgreSQL and Valkey: those of DATABASE_URL and REDIS_URL, or embedded ones."""
    with ExitStack() as stack:
        folder = stack.enter_context(folders.of_servers())
        started = stack.enter_context(running(folder, what="tests", fsync=False))
        settings.REDIS_URL = started.env["REDIS_URL"]
        hints._client = None
        from bancheng.config.celery import app

        app.conf.broker_url = settings.REDIS_URL
        yield started


@pytest.fixture(scope="session")
def template_database(services: Services, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the database that every test database is copied from."""
    assert services.superuser_url is not None
    with django_db_blocker.unblock():
        return databases.template(services.superuser_url)


@pytest.fixture(scope="session")
def django_db_setup(
    services: Services, template_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """This run's database; tests marked `django_db` roll back in it."""
    assert services.superuser_url is not None
    name = f"test_{os.getpid()}"
    with (
        django_db_blocker.unblock(),
        databases.copy_of(services.superuser_url, template_database, name) as urls,
    ):
        databases.point_at(urls)
        yield


@pytest.fixture
def committed(
    services: Services,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A database of the test's own, in which commits are real: for threads, servers, faults."""
    assert services.superuser_url is not None
    name = f"test_{os.getpid()}_{next(_numbers)}"
    default, owner = (dict(connections.databases[a]) for a in ("default", "owner"))
    with (
        django_db_blocker.unblock(),
        databases.copy_of(services.superuser_url, template_database, name) as urls,
    ):
        databases.point_at(urls)
        yield
    connections.databases["default"].update(default)
    connections.databases["owner"].update(owner)
    directory.forget()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """What the process keeps of a hall for half a minute ends with the test: the next one's hall
    has the same name and other hours."""
    yield
    for kept in (calendar, parameters, lineage):
        kept.forget()


def _hall(slug: str) -> HallRef:
    ref = directory.by_host(f"{slug}.localhost")
    assert ref is not None
    return ref


@pytest.fixture(scope="session")
def halls(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, HallRef]:
    """All five halls by slug."""
    with django_db_blocker.unblock():
        found = {wanted.slug: _hall(wanted.slug) for _, wanted, _ in databases.HALLS}
        connections.close_all()
    return found


@pytest.fixture
def city(halls: dict[str, HallRef]) -> HallRef:
    return halls["city"]


@pytest.fixture
def district(halls: dict[str, HallRef]) -> HallRef:
    """Below the city hall."""
    return halls["district"]


@pytest.fixture
def street(halls: dict[str, HallRef]) -> HallRef:
    """Below the district hall."""
    return halls["street"]


@pytest.fixture
def other_street(halls: dict[str, HallRef]) -> HallRef:
    """A second street below the same district."""
    return halls["other"]


@pytest.fixture
def stranger(halls: dict[str, HallRef]) -> HallRef:
    """A hall of another network."""
    return halls["stranger"]


@pytest.fixture
def staff_in() -> Callable[..., object]:
    return people.staff_in


@pytest.fixture
def caller_for() -> Callable[..., clients.Caller]:
    return clients.caller_for
