"""/healthz and /readyz, asked by whatever keeps the process running."""

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test import Client

from bancheng.config import health
from bancheng.services.live import hints
from tenants import schema_sql

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_on_any_host() -> None:
    answer = Client().get("/healthz", headers={"Host": "10.0.0.7:9000"})

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_process_with_database_and_valkey_is_ready() -> None:
    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()) == (
        200,
        {"database": True, "migrations": True, "live": True},
    )


def test_without_valkey_it_is_ready_and_says_what_is_missing(
    services: object, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(hints, "_client", None)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["live"]) == (200, False)


def test_before_the_migrations_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = dict(schema_sql.loader().graph.nodes) | {("tenants", "9999_of_the_next_release"): None}
    monkeypatch.setattr(schema_sql.loader().graph, "nodes", nodes)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


def test_under_another_role_than_nobodys_it_is_not_ready() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("RESET ROLE")
        before = transaction.savepoint()
        answer = health._database()
        transaction.savepoint_rollback(before)
        cursor.execute("SET ROLE hall_nobody")

    assert answer["database"] is False
