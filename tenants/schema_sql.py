"""The SQL that brings a hall's schema from one set of migrations to the newest.

Written down once per distinct plan while the first schema is brought there, then replayed for the
others: 16 × faster for a new hall, 1,000 × for a network with nothing to do (performance.md §6).
"""

import hashlib
import inspect
from collections.abc import Iterable
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

Key = tuple[str, str]
OWNER = "owner"


@lru_cache(maxsize=1)
def loader() -> MigrationLoader:
    """All migrations on disk."""
    return MigrationLoader(None)


@lru_cache(maxsize=1)
def wanted() -> tuple[Key, ...]:
    """The migrations of the apps that live in a hall's schema, in order."""
    labels = {apps.get_app_config(_label(name)).label for name in settings.TENANT_APPS}
    graph, order = loader().graph, []
    for leaf in sorted(graph.leaf_nodes()):
        order += [key for key in graph.forwards_plan(leaf) if key not in order]
    return tuple(key for key in order if key[0] in labels)


def _label(name: str) -> str:
    return next(config.label for config in apps.get_app_configs() if config.name == name)


def fingerprint() -> str:
    """Changes whenever a hall migration is added or edited."""
    digest = hashlib.sha256()
    for key in wanted():
        source = inspect.getsource(inspect.getmodule(_migration(key).__class__) or object)
        digest.update(f"{key}\0{source}\0".encode())
    return digest.hexdigest()


def missing(applied: Iterable[Key]) -> tuple[Key, ...]:
    """What a schema with the `applied` migrations still lacks, in order."""
    done = set(applied)
    return tuple(key for key in wanted() if key not in done)


def replayable(plan: Iterable[Key]) -> bool:
    """True when every operation of the plan can be written down as SQL."""
    return all(op.reduces_to_sql for key in plan for op in _migration(key).operations)


def run(plan: Iterable[Key]) -> list[str]:
    """Bring the current hall's schema along `plan`; the statements that did it, in order."""
    written: list[str] = []
    for key in plan:
        migration = _migration(key)
        before = loader().project_state(key, at_end=False)
        with connections[OWNER].schema_editor(collect_sql=True, atomic=False) as editor:
            migration.apply(before, editor, collect_sql=True)
        statements = [sql for sql in map(_bare, editor.collected_sql) if sql]
        replay(statements)
        written += statements
        record([key])
        written.append(recording([key]))
    return written


def apply_directly(plan: Iterable[Key]) -> None:
    """Bring the current hall's schema along a plan that holds Python operations."""
    for key in plan:
        before = loader().project_state(key, at_end=False)
        with connections[OWNER].schema_editor(atomic=False) as editor:
            _migration(key).apply(before, editor)
        record([key])


def replay(statements: Iterable[str]) -> None:
    """Execute statements in the current hall's schema, one at a time."""
    with connections[OWNER].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def record(keys: Iterable[Key]) -> None:
    """Note in the current schema that these migrations are applied."""
    replay([recording(keys)])


def recording(keys: Iterable[Key]) -> str:
    """That note as SQL."""
    values = ", ".join(f"('{app}', '{name}', now())" for app, name in keys)
    return f"INSERT INTO django_migrations (app, name, applied) VALUES {values}"  # noqa: S608


def _bare(statement: str) -> str:
    lines = [line for line in statement.splitlines() if not line.startswith("--")]
    return "\n".join(lines).strip()


def _migration(key: Key) -> Migration:
    migration: Migration = loader().graph.nodes[key]
    return migration
