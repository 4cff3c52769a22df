"""What must be true before a process serves halls (security.md §8). A fault refuses to start."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.backends.utils import CursorWrapper

from bancheng.kernel.hall import hall
from tenants import schemas

_OLDEST = 150000


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    text: str


def faults() -> list[Fault]:
    """Everything that is wrong with the serving connection; empty when nothing is."""
    try:
        with hall(None), connection.cursor() as cursor:
            found = [fault for ask in _QUESTIONS for fault in ask(cursor)]
    except DatabaseError as error:
        return [Fault("check.database", f"the database cannot be asked: {error}")]
    return found + list(_pooler())


def require() -> None:
    """End the process with every fault named, unless there is none."""
    found = faults()
    if found:
        text = "\n".join(f"{fault.code}: {fault.text}" for fault in found)
        print(f"Bancheng refuses to start.\n{text}", file=sys.stderr)
        raise SystemExit(3)


def _login_role(cursor: CursorWrapper) -> Iterator[Fault]:
    cursor.execute(
        "SELECT session_user, rolsuper, rolinherit, rolcreaterole, rolbypassrls,"
        " EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        "   WHERE c.relowner = r.oid AND n.nspname NOT LIKE 'pg_%%')"
        " FROM pg_roles r WHERE rolname = session_user"
    )
    name, superuser, inherits, creates, bypasses, owns = cursor.fetchone()
    if superuser or inherits or creates or bypasses or owns:
        yield Fault(
            "check.wrong_role",
            f"{name} must own nothing, inherit nothing and bypass nothing: use the web role",
        )


def _set_config(cursor: CursorWrapper) -> Iterator[Fault]:
    cursor.execute(
        "SELECT has_function_privilege('hall_nobody', 'pg_catalog.set_config(text,text,boolean)',"
        " 'execute')"
    )
    if cursor.fetchone()[0]:
        yield Fault("check.set_config", "set_config must be revoked from PUBLIC")


def _version(cursor: CursorWrapper) -> Iterator[Fault]:
    cursor.execute("SELECT current_setting('server_version_num')::int")
    if cursor.fetchone()[0] < _OLDEST:
        yield Fault("check.version", "PostgreSQL 15 or newer is needed")


def _chinese(cursor: CursorWrapper) -> Iterator[Fault]:
    cursor.execute("SELECT to_tsvector('simple', '堆积，异味') @@ to_tsquery('simple', '堆积')")
    if not cursor.fetchone()[0]:
        yield Fault(
            "check.locale", "this locale cannot index Chinese: make the database with C.UTF-8"
        )


def _rights(cursor: CursorWrapper) -> Iterator[Fault]:
    """Each hall may read all of its tables, and change none that can only grow."""
    for schema_name in schemas.wrongly_granted(cursor):
        yield Fault(
            "check.grants",
            f"{schema_name}: its role is lost or has the wrong rights: run `bancheng migrate`",
        )


def _public(cursor: CursorWrapper) -> Iterator[Fault]:
    """A hall's table in the shared schema would be everybody's."""
    halls_own = set(settings.TENANT_APPS) - set(settings.SHARED_APPS)
    tables = [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name in halls_own
        for model in config.get_models()
    ]
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(%s)",
        [tables],
    )
    for (table,) in cursor.fetchall():
        yield Fault("check.shared_table", f"{table} belongs to halls and lies in public")


def _pooler() -> Iterator[Fault]:
    """A setting made on one connection must not be seen on another: then they share a server."""
    first, second = (
        connections.create_connection("default"),
        connections.create_connection("default"),
    )
    try:
        with first.cursor() as cursor:
            cursor.execute("SET hall.probe = 'first'")
        with second.cursor() as cursor:
            cursor.execute("SELECT current_setting('hall.probe', true)")
            if cursor.fetchone()[0] == "first":
                yield Fault("check.pooler", "a transaction-mode pooler would mix up the halls")
    finally:
        first.close()
        second.close()


_QUESTIONS: tuple[Callable[[CursorWrapper], Iterator[Fault]], ...] = (
    _login_role,
    _set_config,
    _version,
    _chinese,
    _rights,
    _public,
)
