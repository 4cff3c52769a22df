"""A line to the database is looked at before a request uses it, without asking over it."""

from typing import cast

import psycopg
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from bancheng.kernel.database.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> DatabaseWrapper:
    """A second connection like the web's, outside of any transaction."""
    made = cast(DatabaseWrapper, connections["default"].copy())
    made.ensure_connection()
    return made


def test_a_silent_line_is_usable(line: DatabaseWrapper) -> None:
    """performance.md W3: a request begins without a statement that nobody needs."""
    with CaptureQueriesContext(line) as seen:
        assert line.is_usable()
    line.close()

    assert len(seen) == 0


def test_a_line_that_was_cut_is_not(line: DatabaseWrapper) -> None:
    """A restarted server costs nobody an error: the next request opens another line."""
    with psycopg.connect(line.connection.info.dsn, password=line.connection.info.password) as other:
        pid = line.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    assert not line.is_usable()
    line.close()


def test_a_line_that_was_closed_is_not(line: DatabaseWrapper) -> None:
    line.connection.close()

    assert not line.is_usable()
    line.close()


def test_a_line_within_a_failed_transaction_is_not(line: DatabaseWrapper) -> None:
    """What stands in the middle of something is asked, and refuses to answer."""
    line.set_autocommit(False)
    with pytest.raises(psycopg.Error), line.connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")

    assert not line.is_usable()
    line.close()
