"""An installation in processes of its own, to be killed, and the people at its browsers."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from bancheng.kernel.hall import HallRef
from tests.story.cast import Cast, Company, gather, signed_in
from tests.support.servers import Site, site_in


@pytest.fixture
def cast(committed: None, halls: Mapping[str, HallRef]) -> Cast:
    return gather(halls)


@pytest.fixture
def site(cast: Cast, tmp_path: Path) -> Iterator[Site]:
    """Processes of this test alone, to be killed."""
    with site_in(tmp_path) as site:
        yield site


@pytest_asyncio.fixture
async def them(site: Site, cast: Cast) -> AsyncIterator[Company]:
    """Everybody signed in, everything running."""
    await site.complete()
    async with signed_in(site, cast, {}) as company:
        yield company
