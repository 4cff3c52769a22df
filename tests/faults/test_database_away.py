"""While PostgreSQL is away: sockets are sent to reconnect with 1012 (§5.10), HTTP answers a coded
503 that says when to try again, and both work again by themselves."""

from httpx import AsyncClient

from bancheng.config.runtime.services import Services
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tenants import directory
from tests.faults.outage import database_away
from tests.support.sockets import ending, listening, serving, signed_in, until

HELLO = '{"t":"hello","v":1,"epoch":null,"topics":{"desk":null}}'
PATHS = ("/api/v1/session", "/api/v1/cases", "/api/v1/portal/track", "/api/v1/no-such-address")
HEADERS = ("Content-Type", "Retry-After", "Cache-Control")


async def test_sockets_are_sent_to_reconnect_and_come_back(
    committed: None, services: Services, street: HallRef
) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with serving() as server:
        headers = server.cookie(street, key)
        open_before = await server.open(street.host, headers)
        with database_away(services):
            await open_before.send(HELLO)
            before = await ending(open_before)
            directory.forget()
            during = await ending(await server.open(street.host, headers))
        async with listening(server, street, headers, ["desk"]) as page:
            await until(lambda: page.topics == {"desk": 0})

    assert before == (1012, "database away")
    assert during == (1012, "")


async def test_http_says_try_again_and_works_again_afterwards(
    committed: None, services: Services, street: HallRef
) -> None:
    _, key = await signed_in(street, Role.DESK_OFFICER)

    async with serving() as server:
        page = AsyncClient(
            base_url=f"http://127.0.0.1:{server.port}",
            headers=server.cookie(street, key) | {"Host": street.host},
            timeout=60,
        )
        before = [await page.get(path) for path in PATHS]
        with database_away(services):
            during = [await page.get("/api/v1/session"), await page.get("/api/v1/cases")]
            directory.forget()
            during += [await page.get(path) for path in PATHS]
            health = [(await page.get(path)).status_code for path in ("/healthz", "/readyz")]
        after = [await page.get(path) for path in PATHS]
        await page.aclose()

    told = {
        (answer.status_code, answer.json()["code"], *map(answer.headers.get, HEADERS))
        for answer in during
    }
    assert told == {(503, "database_unavailable", "application/problem+json", "5", "no-store")}
    assert health == [200, 503]
    assert [answer.status_code for answer in before] == [200, 200, 404, 404]
    assert [answer.status_code for answer in after] == [200, 200, 404, 404]
