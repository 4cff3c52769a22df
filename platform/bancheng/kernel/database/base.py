"""PostgreSQL backend in which the ContextVar hall decides role and search path.

On top of django-tenants' backend: each hall's statements run under its own role, one statement
per query, and code that forgot its hall runs as `hall_nobody` (security.md §3.4).
The owner alias (`"HALL_ROLES": False`) keeps the login role and only follows the search path.
"""

import re
import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Any

import psycopg
from django.db.backends.postgresql import base as pg
from django_tenants.postgresql_backend import base

from bancheng.kernel.database import moments
from bancheng.kernel.hall import HallRef, current

_opaque = re.compile(r"(h_[a-z0-9]{4,40}|zz_template)").fullmatch
_IDLE, _INERROR = 0, 3


class Cursor(pg.Cursor):
    """One statement per query: a stacked `; RESET ROLE` is refused by the extended protocol."""

    def _execute_send(
        self, query: Any, *, force_extended: bool = False, binary: bool | None = None
    ) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]


def _idle(line: psycopg.Connection[Any]) -> bool:
    """True when an open line stands outside of a transaction, and its other end neither said
    anything nor hung up."""
    if line.closed or line.info.transaction_status != _IDLE:
        return False
    with selectors.DefaultSelector() as watch:
        watch.register(line, selectors.EVENT_READ)
        return not watch.select(timeout=0)


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    _ready = False
    _whole = False
    search_path_set_schemas: tuple[str | None] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hall_roles = self.settings_dict.get("HALL_ROLES", True)
        self._setting_search_path = False
        self._ready = True

    @property
    def tenant(self) -> HallRef | None:
        return current.get()

    @tenant.setter
    def tenant(self, value: Any) -> None:
        """Called by django-tenants' own commands; a new connection must not clear the context."""
        if self._ready:
            public = value is None or value.schema_name == "public"
            current.set(None if public else value)

    @property
    def schema_name(self) -> str:
        return getattr(current.get(), "schema_name", "public")

    @schema_name.setter
    def schema_name(self, value: str) -> None:
        """Derived from the hall; django-tenants assigns it and is ignored."""

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What is done in here is kept or given up as a whole with the transaction around it, so
        that blocks inside need no savepoint: after one of them failed nothing more can be done."""
        before, self._whole = self._whole, True
        try:
            yield
        finally:
            self._whole = before

    def _savepoint_allowed(self) -> bool:
        return not self._whole and bool(super()._savepoint_allowed())

    def is_usable(self) -> bool:
        """Asked once for a request. A line with nothing to read is alive: a server that went away,
        or says goodbye, leaves something behind. Only then is it worth a statement."""
        return _idle(self.connection) or bool(super().is_usable())

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        return params | {"cursor_factory": Cursor} if self._hall_roles else params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        if self.timezone == UTC:
            made.adapters.register_loader("timestamptz", moments.native)
        return made

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's asks the loader of moments for its zone, which psycopg's own does not tell."""
        line = self.connection
        if self.timezone != UTC:
            return super().create_cursor(name)
        if name is None:
            return line.cursor()
        return pg.ServerSideCursor(  # type: ignore[call-arg]
            line, name=name, scrollable=False, withhold=line.autocommit
        )

    def init_connection_state(self) -> None:
        """Django's own set_config() must run as the login role, before any hall's."""
        self._setting_search_path = True
        try:
            super().init_connection_state()
        finally:
            self._setting_search_path = False

    def _handle_search_path(self, cursor: Any = None) -> None:
        name = getattr(current.get(), "schema_name", None)
        if self._setting_search_path or self.search_path_set_schemas == (name,):
            return
        if name and not _opaque(name):
            raise ValueError("not a hall's schema name")
        if self.connection.info.transaction_status == _INERROR:
            return
        path = f"SET search_path = {name + ', public' if name else 'public'}"
        role = f"SET ROLE {'hall_' + name if name else 'hall_nobody'}; " if self._hall_roles else ""
        with self.wrap_database_errors, base.psycopg.Cursor(self.connection) as raw:
            raw.execute((role + path).encode())
        self.search_path_set_schemas = (name,)
