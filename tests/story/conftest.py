"""One installation for all acts of the story."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack

import pytest
import pytest_asyncio
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from bancheng.config.runtime.services import Services
from bancheng.kernel.hall import HallRef
from tenants import directory
from tests.story.cast import Cast, Company, Keys, gather, signed_in
from tests.support import databases
from tests.support.servers import Site, site_in


@pytest.fixture(scope="session")
def stage(
    services: Services,
    template_database: str,
    halls: Mapping[str, HallRef],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, Cast, Keys]]:
    """A database, a web process and a worker that all acts share; they only talk HTTP to it."""
    assert services.superuser_url is not None
    known = connections.databases
    before = {alias: dict(known[alias]) for alias in ("default", "owner")}
    own = databases.copy_of(services.superuser_url, template_database, f"test_story_{os.getpid()}")
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            databases.point_at(stack.enter_context(own))
            cast = gather(halls)
            site = stack.enter_context(site_in(tmp_path_factory.mktemp("story")))
            connections.close_all()
            for alias, entry in before.items():
                known[alias].update(entry)
            directory.forget()
        yield site, cast, {}


@pytest_asyncio.fixture
async def them(stage: tuple[Site, Cast, Keys]) -> AsyncIterator[Company]:
    """Everybody signed in, everything running."""
    site, cast, known = stage
    await site.complete()
    async with signed_in(site, cast, known) as company:
        yield company
