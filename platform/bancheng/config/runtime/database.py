"""What a superuser does once for a database: login roles, extensions, closed doors.

The same code prepares the embedded server, a test's cluster and a server named by DATABASE_URL.
Everything may be run again. One Bancheng per PostgreSQL cluster: the role names are fixed.
Source of the grants: the security design, "once per database".
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bancheng.config.runtime.errors import CannotStart

OWNER = "bancheng_owner"
WEB = "bancheng_web"
SHARED = "hall_shared"
NOBODY = "hall_nobody"
DATABASE = "bancheng"
EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent")

_OLDEST = 150000
_MEMBERSHIP_OPTIONS_SINCE = 160000
_BUILTIN_PROVIDER_SINCE = 170000
_WEB_LIMITS = {
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
    "lock_timeout": "3s",
    "temp_file_limit": "512MB",
    "timezone": "UTC",
    "random_page_cost": "1.1",
}
"""The last one is no limit: what is asked for all day lies in memory or on a solid-state disk. At 4
the planner rather reads a third of all texts than four thousand of them by their keys."""
_LARGE_OBJECTS = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
      AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite')) ORDER BY 1
"""
# Row counts of other halls' tables are nobody's business (payload U11 of the security trial).
_TABLE_STATISTICS = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'
      AND relname ~ '^pg_stat(io)?_(xact_)?(all|user|sys)_' ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Passwords:
    owner: str
    web: str


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of the prepared database: `owner` migrates, `web` serves."""

    owner: str
    web: str


def prepare_database(superuser_url: str, *, passwords: Passwords, database: str = DATABASE) -> Urls:
    """Make roles and `database` if missing, set every grant, and check that Chinese is indexed.

    Raises CannotStart: `database.unreachable`, `database.not_superuser`, `database.too_old`,
    `database.locale`.
    """
    try:
        with psycopg.connect(superuser_url, autocommit=True, connect_timeout=10) as connection:
            _require_superuser(connection)
            for statement in bootstrap_sql(connection, passwords=passwords):
                connection.execute(statement)
            _create_database(connection, database)
        inside = with_database(superuser_url, database)
        with psycopg.connect(inside, autocommit=True, connect_timeout=10) as connection:
            for statement in database_sql(connection, database=database):
                connection.execute(statement)
            _require_chinese(connection)
    except psycopg.OperationalError as error:
        raise CannotStart(
            "database.unreachable",
            f"The database server cannot be reached: {error}",
            "Check DATABASE_URL, and that the server runs.",
        ) from error
    return Urls(
        owner=with_login(inside, OWNER, passwords.owner), web=with_login(inside, WEB, passwords.web)
    )


def bootstrap_sql(connection: psycopg.Connection, *, passwords: Passwords) -> list[sql.Composed]:
    """The statements for the whole cluster: the four roles and what they may become."""
    statements = [
        *_role(connection, OWNER, "LOGIN CREATEROLE NOSUPERUSER", passwords.owner),
        *_role(connection, WEB, "LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE", passwords.web),
        *_role(connection, SHARED, "NOLOGIN"),
        *_role(connection, NOBODY, "NOLOGIN"),
    ]
    statements += [
        sql.SQL("ALTER ROLE {} SET {} = {}").format(
            sql.Identifier(WEB), sql.Identifier(name), sql.Literal(value)
        )
        for name, value in _WEB_LIMITS.items()
    ]
    if connection.info.server_version < _MEMBERSHIP_OPTIONS_SINCE:
        may_become, may_grant = "", "WITH ADMIN OPTION"
    else:
        may_become = "WITH INHERIT FALSE, SET TRUE"
        may_grant = "WITH ADMIN TRUE, INHERIT FALSE, SET TRUE"
    return [
        *statements,
        _grant_role(NOBODY, WEB, may_become),
        _grant_role(SHARED, OWNER, may_grant),
        _grant_role(NOBODY, OWNER, may_grant),
    ]


def database_sql(connection: psycopg.Connection, *, database: str) -> list[sql.Composed]:
    """The statements inside `database`: extensions in `public`, then what PUBLIC loses."""
    logins = sql.SQL(", ").join(map(sql.Identifier, (WEB, OWNER)))
    everyone = sql.SQL(", ").join(map(sql.Identifier, (WEB, OWNER, SHARED, NOBODY)))
    set_config = sql.SQL("FUNCTION pg_catalog.set_config(text, text, boolean)")
    extensions = [
        sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name))
        for name in EXTENSIONS
    ]
    return [
        *extensions,
        sql.SQL("REVOKE EXECUTE ON {} FROM PUBLIC").format(set_config),
        sql.SQL("GRANT EXECUTE ON {} TO {}").format(set_config, logins),
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC").format(),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(everyone),
        *_close_views_and_large_objects(connection),
        *door_sql(database),
    ]


def door_sql(database: str) -> list[sql.Composed]:
    """Who may connect. `CREATE DATABASE … TEMPLATE` copies all grants but these."""
    name = sql.Identifier(database)
    logins = sql.SQL(", ").join(map(sql.Identifier, (WEB, OWNER)))
    return [
        sql.SQL("REVOKE TEMPORARY, CONNECT ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, logins),
    ]


def with_database(url: str, database: str) -> str:
    """The same server and login, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def with_login(url: str, user: str, password: str) -> str:
    """The same database, another login."""
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{server}"))


def _role(
    connection: psycopg.Connection, name: str, attributes: str, password: str | None = None
) -> list[sql.Composed]:
    """CREATE if missing, then ALTER; the password travels as its SCRAM verifier."""
    role, options = sql.Identifier(name), sql.SQL(attributes)
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statements = [] if known else [sql.SQL("CREATE ROLE {}").format(role)]
    statements.append(sql.SQL("ALTER ROLE {} {}").format(role, options))
    if password is not None:
        verifier = connection.pgconn.encrypt_password(
            password.encode(), name.encode(), b"scram-sha-256"
        ).decode()
        statements.append(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(verifier)))
    return statements


def _grant_role(role: str, member: str, options: str) -> sql.Composed:
    return sql.SQL("GRANT {} TO {} {}").format(
        sql.Identifier(role), sql.Identifier(member), sql.SQL(options)
    )


def _close_views_and_large_objects(connection: psycopg.Connection) -> list[sql.Composed]:
    """Names come quoted from the catalogue itself (`regprocedure`, `regclass`)."""
    views = [str(row[0]) for row in connection.execute(_TABLE_STATISTICS)]
    functions = [str(row[0]) for row in connection.execute(_LARGE_OBJECTS)]
    owner = sql.Identifier(OWNER)
    return [
        *(sql.SQL("REVOKE SELECT ON {} FROM PUBLIC").format(sql.SQL(view)) for view in views),
        *(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.SQL(view), owner) for view in views),
        *(
            sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function))
            for function in functions
        ),
    ]


def _create_database(connection: psycopg.Connection, database: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if known.fetchone():
        return
    provider = "LOCALE 'C.UTF-8'"
    if connection.info.server_version >= _BUILTIN_PROVIDER_SINCE:
        provider = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
            sql.Identifier(database), sql.Identifier(OWNER), sql.SQL(provider)
        )
    )


def _require_superuser(connection: psycopg.Connection) -> None:
    if connection.info.server_version < _OLDEST:
        raise CannotStart(
            "database.too_old",
            f"PostgreSQL {connection.info.server_version // 10000} is too old.",
            f"Bancheng needs version {_OLDEST // 10000} or newer.",
        )
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if row.fetchone() != (True,):
        raise CannotStart(
            "database.not_superuser",
            "DATABASE_URL must name a superuser: set_config is taken from PUBLIC, roles are made.",
            "Or prepare the database by hand and set DATABASE_OWNER_URL and DATABASE_WEB_URL.",
        )


def _require_chinese(connection: psycopg.Connection) -> None:
    """With a plain C character type pg_trgm sees no letters in Chinese text at all."""
    row = connection.execute("SELECT array_length(public.show_trgm('社区垃圾'), 1)").fetchone()
    if row is None or not row[0]:
        raise CannotStart(
            "database.locale",
            "This database cannot index Chinese text: its character type is not UTF-8.",
            "Create the database with LOCALE 'C.UTF-8'.",
        )
