"""A connection that nothing is forbidden to, for playing the intruder."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from bancheng.config.runtime.database import with_database
from bancheng.config.runtime.services import Services


@pytest.fixture
def superuser(services: Services, committed: None) -> Iterator[psycopg.Connection[Any]]:
    """The server's superuser in this test's own database, every statement committed."""
    assert services.superuser_url is not None
    name = str(connections["default"].settings_dict["NAME"])
    inside = with_database(services.superuser_url, name)
    with psycopg.connect(inside, autocommit=True) as connection:
        yield connection
