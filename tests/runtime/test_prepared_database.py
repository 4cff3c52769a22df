"""What the two logins and the hall roles may do after the one-time preparation."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from bancheng.config.runtime import secrets
from bancheng.config.runtime.database import Passwords, door_sql, prepare_database, with_database
from bancheng.config.runtime.errors import CannotStart
from bancheng.config.runtime.services import Services


@pytest.fixture
def owner(shared: Services) -> Iterator[psycopg.Connection]:
    with psycopg.connect(shared.env["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def web(shared: Services) -> Iterator[psycopg.Connection]:
    with psycopg.connect(shared.env["DATABASE_WEB_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def hall_role(owner: psycopg.Connection) -> Iterator[str]:
    owner.execute("CREATE ROLE hall_h_test NOLOGIN")
    owner.execute("GRANT hall_shared TO hall_h_test")
    owner.execute("GRANT hall_h_test TO bancheng_web")
    yield "hall_h_test"
    owner.execute("DROP ROLE hall_h_test")


def test_the_web_login_has_the_limits_of_the_security_design(web: psycopg.Connection) -> None:
    names = ["statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout", "timezone"]
    names.append("random_page_cost")

    said = [web.execute("SELECT current_setting(%s)", [name]).fetchone() for name in names]

    assert said == [("15s",), ("30s",), ("3s",), ("UTC",), ("1.1",)]


def test_neither_login_is_powerful_and_the_web_login_inherits_nothing(
    owner: psycopg.Connection,
) -> None:
    rows = owner.execute(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolcanlogin"
        " FROM pg_roles WHERE rolname ~ '^(bancheng|hall)_' ORDER BY 1"
    ).fetchall()

    assert rows == [
        ("bancheng_owner", False, True, False, True, True),
        ("bancheng_web", False, False, False, False, True),
        ("hall_nobody", False, False, False, True, False),
        ("hall_shared", False, False, False, True, False),
    ]


def test_the_owner_makes_a_hall_role_which_the_web_login_can_become(
    web: psycopg.Connection, hall_role: str
) -> None:
    web.execute(f"SET ROLE {hall_role}")

    assert web.execute("SELECT current_user").fetchone() == (hall_role,)


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT set_config('role', 'hall_h_other', false)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT * FROM pg_stat_user_tables",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE ROLE more",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
@pytest.mark.parametrize("role", ["hall_nobody", "hall_h_test"])
def test_a_hall_role_is_refused(
    web: psycopg.Connection, hall_role: str, role: str, attempt: str
) -> None:
    web.execute(f"SET ROLE {role}")

    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(attempt)


def test_django_may_set_the_time_zone_as_the_login_role(web: psycopg.Connection) -> None:
    row = web.execute("SELECT set_config('TimeZone', 'Asia/Shanghai', false)").fetchone()

    assert row == ("Asia/Shanghai",)


def test_a_hall_role_can_use_the_extensions(web: psycopg.Connection, hall_role: str) -> None:
    web.execute(f"SET ROLE {hall_role}")

    found = web.execute("SELECT similarity('社区垃圾', '社区垃圾'), unaccent('é')").fetchone()

    assert found == (1.0, "e")


def test_chinese_words_are_seen_as_words(owner: psycopg.Connection) -> None:
    row = owner.execute("SELECT array_length(show_trgm('社区垃圾'), 1)").fetchone()

    assert row == (5,)


def test_nobody_else_may_connect(shared: Services, hall_role: str) -> None:
    assert shared.superuser_url is not None
    with psycopg.connect(shared.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE passer_by LOGIN PASSWORD 'p'")
        try:
            row = connection.execute(
                "SELECT has_database_privilege('passer_by', 'bancheng', 'CONNECT'),"
                " has_database_privilege('passer_by', 'bancheng', 'TEMP')"
            ).fetchone()
        finally:
            connection.execute("DROP ROLE passer_by")

    assert row == (False, False)


def test_preparing_again_changes_nothing_and_a_template_copy_keeps_the_grants(
    shared: Services,
) -> None:
    kept = secrets.load_or_create(shared.folder)
    passwords = Passwords(owner=kept.owner_password, web=kept.web_password)
    assert shared.superuser_url is not None

    urls = prepare_database(shared.superuser_url, passwords=passwords)
    with psycopg.connect(shared.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE copied TEMPLATE bancheng OWNER bancheng_owner")
        for statement in door_sql("copied"):
            connection.execute(statement)

    assert (urls.owner, urls.web) == (
        shared.env["DATABASE_OWNER_URL"],
        shared.env["DATABASE_WEB_URL"],
    )
    with psycopg.connect(with_database(urls.web, "copied"), autocommit=True) as connection:
        connection.execute("SET ROLE hall_nobody")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT set_config('role', 'none', false)")


def test_an_ordinary_login_cannot_prepare_a_database(shared: Services) -> None:
    with pytest.raises(CannotStart) as refused:
        prepare_database(shared.env["DATABASE_OWNER_URL"], passwords=Passwords(owner="o", web="w"))

    assert refused.value.code == "database.not_superuser"
