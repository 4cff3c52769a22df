"""What PostgreSQL says of a schema, in words that two schemas can be compared by."""

from typing import Any

import psycopg

_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, ''),
           is_identity, coalesce(character_maximum_length, 0)
    FROM information_schema.columns WHERE table_schema = %s"""
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s"
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = %s::regnamespace"""
_RIGHTS = """
    SELECT c.relname, acl.grantee::regrole::text, acl.privilege_type
    FROM pg_class c, aclexplode(c.relacl) acl
    WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'"""


def shape(server: psycopg.Connection[Any], schema: str) -> dict[str, set[tuple[Any, ...]]]:
    """Columns, indexes and constraints, with the schema's own name left out."""
    found = {}
    for name, question in (("columns", _COLUMNS), ("indexes", _INDEXES), ("rules", _CONSTRAINTS)):
        rows = server.execute(question.encode(), [schema]).fetchall()
        found[name] = {
            tuple(cell.replace(f"{schema}.", "") if isinstance(cell, str) else cell for cell in row)
            for row in rows
        }
    return found


def rights(server: psycopg.Connection[Any], schema: str) -> dict[tuple[str, str], set[str]]:
    """What each role may do with each table: (table, role) → privileges."""
    found: dict[tuple[str, str], set[str]] = {}
    for table, role, privilege in server.execute(_RIGHTS.encode(), [schema]):
        found.setdefault((table, role), set()).add(privilege)
    return found


def tables(server: psycopg.Connection[Any], schema: str) -> set[str]:
    """The names of a schema's tables."""
    rows = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return {row[0] for row in rows}
