"""Sockets while PostgreSQL is away: sent to reconnect with 1012, never left hanging (§5.10)."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from bancheng.config.runtime.services import Services
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef
from tenants import directory
from tests.support.sockets import ending, listening, serving, signed_in, until

HELLO = '{"t":"hello","v":1,"epoch":null,"topics":{"desk":null}}'


@contextmanager
def database_away(services: Services) -> Iterator[None]:
    """The test's database ends its connections and takes no new ones."""
    assert services.superuser_url is not None
    name = sql.Identifier(connections.databases["default"]["NAME"])
    with psycopg.connect(services.superuser_url, autocommit=True) as server:
        door = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        server.execute(door.format(name, sql.SQL("false")))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [connections.databases["default"]["NAME"]],
        )
        try:
            yield
        finally:
            server.execute(door.format(name, sql.SQL("true")))


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
