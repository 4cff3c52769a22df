"""One template database per state of the migrations; every run works on a copy of it."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from bancheng.config.runtime.database import (
    Passwords,
    Urls,
    door_sql,
    prepare_database,
    with_database,
    with_login,
)
from bancheng.config.settings.database import database
from bancheng.kernel.hall import Level
from tenants import directory, provisioning, schemas
from tenants.models import Hall
from tenants.provisioning import NewHall
from tests.support.folders import ROOT as ROOT

PASSWORDS = Passwords(owner="owner-of-tests", web="web-of-tests")
HALLS = (
    ("a", NewHall("city", "云江市民之家", Level.CITY, "city.localhost"), None),
    ("a", NewHall("district", "青禾区政务服务中心", Level.DISTRICT, "district.localhost"), "city"),
    ("a", NewHall("street", "滨河街道为民服务中心", Level.STREET, "street.localhost"), "district"),
    ("a", NewHall("other", "古镇街道为民服务中心", Level.STREET, "other.localhost"), "district"),
    ("b", NewHall("stranger", "别市街道为民服务中心", Level.STREET, "stranger.localhost"), None),
)


def point_at(urls: Urls) -> None:
    """Let Django's two aliases lead to a database."""
    connections.close_all()
    for alias, url, roles in (("default", urls.web, True), ("owner", urls.owner, False)):
        entry = database(url, hall_roles=roles)
        kept: dict[str, Any] = connections.databases[alias]
        kept.update({key: entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    directory.forget()


def template(superuser_url: str) -> str:
    """The name of the template database, built when it is not there."""
    name = f"tpl_{_fingerprint()}"
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(7400514)")  # one builder on a server
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            _build(superuser_url, server, name)
        elif not os.environ.get("DATABASE_URL"):
            prepare_database(superuser_url, passwords=PASSWORDS, database=name)
    return name


def _build(superuser_url: str, server: psycopg.Connection[Any], name: str) -> None:
    draft = f"{name}_draft"
    server.execute(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")
    point_at(prepare_database(superuser_url, passwords=PASSWORDS, database=draft))
    schemas.migrate_shared()
    for network, wanted, parent in HALLS:
        found = Hall.objects.using("owner").filter(network__slug=network, slug=parent).first()
        provisioning.open_hall(
            network=provisioning.open_network(
                slug=network, name={"a": "云江市", "b": "别市"}[network]
            ),
            wanted=_below(wanted, found),
        )
    connections.close_all()
    server.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    if not os.environ.get("DATABASE_URL"):
        _forget_others(server, name)


def _forget_others(server: psycopg.Connection[Any], name: str) -> None:
    """Templates of earlier migrations go: their place is memory."""
    known = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%'")
    for (other,) in known.fetchall():
        if other != name:
            server.execute(f"DROP DATABASE {other} WITH (FORCE)")


def _below(wanted: NewHall, parent: Hall | None) -> NewHall:
    from dataclasses import replace

    return replace(wanted, parent=parent.id) if parent else wanted


@contextmanager
def copy_of(superuser_url: str, template_name: str, name: str) -> Iterator[Urls]:
    """A database of one's own, dropped at the end."""
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(
            f"CREATE DATABASE {name} OWNER bancheng_owner TEMPLATE {template_name} {_strategy()}"
        )
        for statement in door_sql(name):
            server.execute(statement)
    inside = with_database(superuser_url, name)
    yield Urls(
        owner=with_login(inside, "bancheng_owner", PASSWORDS.owner),
        web=with_login(inside, "bancheng_web", PASSWORDS.web),
    )
    connections.close_all()
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _strategy() -> str:
    """Our own server copies files, in a third of the time; another one may sync each of them."""
    return "" if os.environ.get("DATABASE_URL") else "STRATEGY FILE_COPY"


def _fingerprint() -> str:
    digest = hashlib.sha256(repr(HALLS).encode())
    folders = (ROOT / "platform", ROOT / "tenants", ROOT / "apps")
    migrations = [path for folder in folders for path in folder.rglob("migrations/*.py")]
    made_by = ("schemas.py", "schema_sql.py", "schema_written.py", "provisioning.py")
    named = [ROOT / "tenants" / name for name in made_by]
    named.append(ROOT / "platform/bancheng/config/runtime/database.py")
    for path in sorted(migrations) + named:
        digest.update(path.read_bytes())
    digest.update(repr(settings.TENANT_APPS).encode())
    return digest.hexdigest()[:16]
