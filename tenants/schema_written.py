"""A finished schema written down as it stands, from the database's own catalogue.

What sixty migrations arrive at by adding, changing and renaming is made at once: 141 statements
for a new hall in place of 364 (performance.md W9)."""

import re
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

OWNER = "owner"
_TABLES = """
    SELECT c.oid, quote_ident(c.relname), c.reloptions FROM pg_class c
    WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'
      AND c.relname <> 'django_migrations' ORDER BY c.oid"""
_COLUMNS = """
    SELECT quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_RULES = """
    SELECT 'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid),
        contype = 'f' AND confrelid > conrelid
    FROM pg_constraint WHERE conrelid = %s AND contype IN ('p', 'u', 'c', 'x', 'f')
    ORDER BY array_position('{p,u,c,x,f}', contype::text), conname"""
_INDEXES = """
    SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s AND NOT EXISTS (
        SELECT 1 FROM pg_constraint k
        WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY i.indexrelid"""
_among = re.compile(
    r"\(\((\w+)\)::text = ANY \(\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]\)\)"
).sub
_casts = re.compile("::character varying").sub
_ROWS = "SELECT format('%%L', json_agg(t)) FROM {table} t HAVING count(*) > 0"
_ELSE = """
    SELECT EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace)
        OR EXISTS (SELECT 1 FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            WHERE c.relnamespace = %(schema)s::regnamespace)
        OR EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal AND c.relnamespace = %(schema)s::regnamespace)
        OR EXISTS (SELECT 1 FROM pg_statistic_ext WHERE stxnamespace = %(schema)s::regnamespace)
        OR EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = %(schema)s::regnamespace AND c.relname <> 'django_migrations'
              AND c.relkind = 'r' AND (a.attidentity <> '' OR a.attgenerated <> ''))
        OR (SELECT count(*) FROM pg_class WHERE relnamespace = %(schema)s::regnamespace
            AND relkind NOT IN ('r', 'i')) > 1"""


def of(schema: str) -> list[str] | None:
    """The statements that make its tables, without its list of migrations; None when it holds more
    than tables, indexes, rules and rows. The schema is the first of the search path."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_ELSE, {"schema": schema})
        if cursor.fetchone()[0]:
            return None
        tables, later = _asked(cursor, _TABLES, schema), []
        made: list[str] = []
        for oid, name, options in tables:
            rules = [(_as_said(sql), ahead) for sql, ahead in _asked(cursor, _RULES, oid)]
            later += [f"ALTER TABLE {name} ADD {rule}" for rule, ahead in rules if ahead]
            inside = [rule for rule, ahead in rules if not ahead]
            made.append(_table(cursor, oid, name, options, inside))
            made += [_here(sql, schema) for (sql,) in _asked(cursor, _INDEXES, oid)]
            made += _rows(cursor, name)
    return made + later


def _table(
    cursor: CursorWrapper, oid: int, name: str, options: list[str] | None, rules: list[str]
) -> str:
    columns = [column for (column,) in _asked(cursor, _COLUMNS, oid)]
    kept = f" WITH ({', '.join(options)})" if options else ""
    return f"CREATE TABLE {name} ({', '.join([*columns, *rules])}){kept}"


def _rows(cursor: CursorWrapper, name: str) -> list[str]:
    """What a migration put into a table of every hall."""
    rows = _asked(cursor, _ROWS.format(table=name))
    sql = f"INSERT INTO {name} SELECT * FROM json_populate_recordset(NULL::{name}, "  # noqa: S608
    return [f"{sql}{row})" for (row,) in rows]


def _here(sql: str, schema: str) -> str:
    """An index names its table with the schema, which is another one in every hall."""
    return _as_said(sql.replace(f" ON {schema}.", " ON ", 1))


def _as_said(sql: str) -> str:
    """PostgreSQL writes `IN` down in a form that it reads back as another, equal one."""
    return _among(lambda found: f"({found[1]} IN ({_casts('', found[2])}))", sql)


def _asked(cursor: CursorWrapper, question: str, *about: Any) -> list[Any]:
    cursor.execute(question, about)
    return list(cursor.fetchall())
