"""A database of the test's own, and no roles left in the cluster afterwards."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from bancheng.config.runtime.database import with_database
from bancheng.config.runtime.services import Services


@pytest.fixture
def superuser(services: Services, committed: None) -> Iterator[psycopg.Connection[Any]]:
    """The server's superuser in this test's own database; halls' roles made meanwhile go again."""
    assert services.superuser_url is not None
    name = str(connections["default"].settings_dict["NAME"])
    inside = with_database(services.superuser_url, name)
    with psycopg.connect(inside, autocommit=True) as connection:
        before = _hall_roles(connection)
        yield connection
        connections.close_all()
        for role in _hall_roles(connection) - before:
            connection.execute(f"DROP OWNED BY {role}".encode())
            connection.execute(f"DROP ROLE {role}".encode())


def _hall_roles(connection: psycopg.Connection[Any]) -> set[str]:
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'hall_h_%'")
    return {row[0] for row in rows}
