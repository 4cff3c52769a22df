"""No socket hears another hall, whatever it shows or asks (security.md §2.1, §2.2)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest
import pytest_asyncio

from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from bancheng.services.live.log import Change
from tests.support.sockets import (
    Address,
    Page,
    ending,
    listening,
    publish,
    serving,
    signed_in,
    until,
)


@pytest_asyncio.fixture
async def server(committed: None, halls: object) -> AsyncIterator[Address]:
    async with serving() as address:
        yield address


async def test_forty_sockets_of_four_halls_hear_their_own_hall_only(
    server: Address, street: HallRef, other_street: HallRef, city: HallRef, stranger: HallRef
) -> None:
    halls = [street, other_street, city, stranger]
    async with AsyncExitStack() as opened:

        async def open_in(ref: HallRef) -> tuple[HallRef, Page]:
            _, key = await signed_in(ref, Role.DESK_OFFICER)
            headers = server.cookie(ref, key)
            page = await opened.enter_async_context(
                listening(server, ref, headers, ["desk", "queue"])
            )
            return ref, page

        pages = await asyncio.gather(*(open_in(ref) for ref in halls for _ in range(10)))
        await asyncio.gather(
            *(
                publish(ref, [topic], Change("canary", ref.schema_name))
                for ref in halls
                for topic in ("desk", "queue")
                for _ in range(20)
            )
        )
        await until(lambda: all(page.topics == {"desk": 20, "queue": 20} for _, page in pages))

    heard: dict[str, set[str]] = {ref.slug: set() for ref in halls}
    for ref, page in pages:
        heard[ref.slug] |= {frame["ref"] for frame in page.seen if frame["t"] == "ev"}
    assert heard == {ref.slug: {ref.schema_name} for ref in halls}


async def test_a_session_opens_sockets_of_its_own_hall_only(
    server: Address, street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    _, key = await signed_in(street, Role.HALL_ADMIN)

    ends = [
        await ending(await server.open(ref.host, server.cookie(ref, key)))
        for ref in (other_street, stranger)
    ]

    assert ends == [(4401, ""), (4401, "")]


@pytest.mark.parametrize("topic", ["h_other:desk", "desk:h_other", "../desk", "live:*", "*"])
async def test_a_topic_cannot_name_another_hall(
    server: Address, street: HallRef, topic: str
) -> None:
    _, key = await signed_in(street, Role.HALL_ADMIN)

    async with listening(server, street, server.cookie(street, key), [topic]) as page:
        pass

    assert page.closed == (4403, topic)


async def test_requests_of_three_halls_at_once_keep_to_their_hall(
    server: Address, street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    """Eight threads serve them all; none may remember the hall it served before."""
    halls = [street, other_street, stranger]
    async with httpx.AsyncClient(trust_env=False, timeout=30) as browser:

        async def asked(host: str) -> tuple[int, str]:
            url = f"http://127.0.0.1:{server.port}/api/v1/session"
            answer = await browser.get(url, headers={"Host": f"{host}:{server.port}"})
            return answer.status_code, answer.json().get("hall", {}).get("id", "")

        hosts = [ref.host for ref in halls] + ["nowhere.localhost"]
        answers = await asyncio.gather(*(asked(host) for host in hosts * 40))

    expected = [(200, str(ref.id)) for ref in halls] + [(404, "")]
    assert answers == expected * 40
