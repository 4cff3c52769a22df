"""A server in the test's loop, over a database in which commits are real."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.sockets import Address, serving


@pytest_asyncio.fixture
async def server(committed: None, halls: object) -> AsyncIterator[Address]:
    async with serving() as address:
        yield address
