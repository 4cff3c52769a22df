"""What an injected statement can do under a hall's role: the payloads of security.md §3.2.

`vulnerable` is what nobody should write. Each payload aims from one hall at another one; the
expectation is PostgreSQL's own refusal, and the test also fails when a refusal becomes another.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from apps.staff.models import Department
from bancheng.kernel.hall import HallRef, hall
from tests.support.people import department_in

pytestmark = pytest.mark.django_db

CANARY = "the other hall's secret"


@pytest.fixture
def names(street: HallRef, other_street: HallRef) -> Iterator[dict[str, str]]:
    """Inside the attacked hall, with a secret in the other."""
    department_in(other_street, CANARY)
    department_in(street, "own")
    with hall(street):
        yield {"other": other_street.schema_name, "role": other_street.role}


def vulnerable(given: str) -> list[tuple[Any, ...]]:
    """A query that joins its text from strings."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM staff_department WHERE name = '{given}'")
        return list(cursor.fetchall())


REFUSED = {
    "U1 union with the other schema": (
        "x' UNION SELECT name FROM {other}.staff_department --",
        "permission denied for schema",
    ),
    "U2 stacked RESET ROLE": (
        "x'; RESET ROLE; SET ROLE {role}; SELECT name FROM {other}.staff_department --",
        "cannot insert multiple commands",
    ),
    "U3 stacked DO block": (
        "x'; DO $$ BEGIN EXECUTE 'SET ROLE {role}'; END $$ --",
        "cannot insert multiple commands",
    ),
    "U4 set_config for the next query": (
        "x' UNION SELECT set_config('role', '{role}', false) --",
        "permission denied for function set_config",
    ),
    "U5 set_config and query_to_xml in one": (
        "x' UNION SELECT set_config('role', '{role}', false) UNION SELECT"
        " query_to_xml('select name from {other}.staff_department', true, true, '')::text --",
        "permission denied for function set_config",
    ),
    "U6 query_to_xml with SET ROLE": (
        "x' UNION SELECT query_to_xml('set role {role}', true, true, '')::text --",
        "SET is not allowed in a non-volatile function",
    ),
    "U6b query_to_xml into the other schema": (
        "x' UNION SELECT query_to_xml('select name from {other}.staff_department',"
        " true, true, '')::text --",
        "permission denied for schema",
    ),
    "U7 CTE on pg_settings": (
        "x' UNION SELECT * FROM (WITH u AS (UPDATE pg_settings SET setting = '{role}'"
        " WHERE name = 'role' RETURNING name) SELECT name FROM u) q --",
        "WITH clause containing a data-modifying statement must be at the top level",
    ),
    "U8 stacked UPDATE of pg_settings": (
        "x'; UPDATE pg_settings SET setting = '{role}' WHERE name = 'role' --",
        "cannot insert multiple commands",
    ),
    "U9 a file of the server": (
        "x' UNION SELECT pg_read_file('/etc/passwd') --",
        "permission denied for function pg_read_file",
    ),
    "U11 row counts": (
        "x' UNION SELECT relname || n_live_tup FROM pg_stat_user_tables --",
        "permission denied for view pg_stat_user_tables",
    ),
    "U13 another hall's host": (
        "x'; UPDATE tenants_domain SET domain = 'stolen' --",
        "cannot insert multiple commands",
    ),
    "U14 password hashes": (
        "x' UNION SELECT rolpassword FROM pg_authid --",
        "permission denied for table pg_authid",
    ),
    "U16 the registry's keys of others": (
        "x' UNION SELECT schema_name FROM hall_schemas() --",
        "permission denied for function hall_schemas",
    ),
    "U17 a large object": (
        "x' UNION SELECT lo_create(0)::text --",
        "permission denied for function lo_create",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_payload_is_refused(names: dict[str, str], name: str) -> None:
    payload, refusal = REFUSED[name]

    with pytest.raises(DatabaseError, match=refusal):
        vulnerable(payload.format(**names))

    assert vulnerable("own") == [("own",)]


def test_u12_other_sessions_statements_are_hidden(names: dict[str, str]) -> None:
    seen = vulnerable(
        "x' UNION SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid() --"
    )

    assert {row[0] for row in seen} <= {"<insufficient privilege>", "", None}


def test_u15_another_session_cannot_be_ended(names: dict[str, str]) -> None:
    """Nobody's session but those of the same login, which is why limits and retries exist."""
    with pytest.raises(DatabaseError, match=r"permission denied to (terminate|cancel)"):
        vulnerable(
            "x' UNION SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
            " WHERE usename IS DISTINCT FROM 'bancheng_web' AND pid <> pg_backend_pid() --"
        )


def test_u10_schema_names_stay_readable_and_say_nothing(
    names: dict[str, str], street: HallRef
) -> None:
    """PostgreSQL cannot hide its catalogue: therefore the names are opaque (design D12)."""
    seen = vulnerable("x' UNION SELECT nspname FROM pg_namespace WHERE nspname LIKE 'h\\_%' --")

    assert (names["other"],) in seen
    for (schema_name,) in seen:
        assert street.slug not in schema_name
        assert len(schema_name) == 12


def test_what_is_shared_shows_only_what_the_hall_may_know_anyway(
    names: dict[str, str], stranger: HallRef
) -> None:
    halls = vulnerable("x' UNION SELECT slug FROM tenants_hall --")
    keys = vulnerable("x' UNION SELECT role FROM tenants_hallkey --")
    accounts = vulnerable("x' UNION SELECT username FROM identity_account --")

    assert {row[0] for row in halls} == {"city", "district", "street", "other"}
    assert [row[0] for row in keys] == [connection.tenant.role]  # type: ignore[attr-defined]
    assert accounts == []


def test_after_all_of_them_the_other_hall_is_as_it_was(
    names: dict[str, str], other_street: HallRef
) -> None:
    for payload, _ in REFUSED.values():
        with pytest.raises(DatabaseError):
            vulnerable(payload.format(**names))

    with hall(other_street):
        assert list(Department.objects.values_list("name", flat=True)) == [CANARY]


def test_the_payloads_would_work_without_the_roles(names: dict[str, str]) -> None:
    """The table, the column and the quoting are right: the same text reads the hall's own row."""
    assert vulnerable("x' UNION SELECT name FROM staff_department --") == [("own",)]
