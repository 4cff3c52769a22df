"""A database that is away while a test looks at what people get."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from bancheng.config.runtime.services import Services


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
