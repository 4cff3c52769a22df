"""Halls that are behind are brought up to date, each for itself, as often as it takes."""

from typing import Any

import psycopg
import pytest

from bancheng.config import cli, self_check
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.live import log
from bancheng.services.live.log import Change
from tenants import schema_sql, schemas
from tests.tenants.catalogue import rights, shape

Server = psycopg.Connection[Any]
LIVE = (("live", "0001_topics_and_events"), ("live", "0002_without_twin"))


def put_back(server: Server, ref: HallRef) -> None:
    """As if the hall had never met the migration of the live log."""
    server.execute(f"DROP TABLE {ref.schema_name}.live_liveevent".encode())
    server.execute(f"DROP TABLE {ref.schema_name}.live_livetopic".encode())
    forget(server, ref)


def forget(server: Server, ref: HallRef) -> None:
    """The record only; the tables are still there, so that the migration fails."""
    server.execute(f"DELETE FROM {ref.schema_name}.django_migrations WHERE app = 'live'".encode())


def behind() -> dict[tuple[schema_sql.Key, ...], set[str]]:
    return {plan: {each.slug for each in halls} for plan, halls in schemas.behind().items()}


def test_nothing_is_found_when_nothing_is_missing(superuser: Server) -> None:
    progress: list[tuple[int, int]] = []

    report = schemas.migrate_halls(lambda done, total: progress.append((done, total)))

    assert behind() == {(): {"city", "district", "street", "other", "stranger"}}
    assert (report.migrated, report.failed, report.up_to_date, progress) == ([], {}, 5, [])


def test_halls_that_are_behind_get_what_they_lack_with_its_rights(
    superuser: Server, street: HallRef, other_street: HallRef
) -> None:
    """The second is brought along by the statements written down for the first."""
    before = [(shape(superuser, ref.schema_name), rights(superuser, ref.schema_name))
              for ref in (street, other_street)]  # fmt: skip
    put_back(superuser, street)
    put_back(superuser, other_street)
    assert behind()[LIVE] == {"street", "other"}

    report = schemas.migrate_halls()

    assert (set(report.migrated), report.failed, report.up_to_date) == (
        {street.schema_name, other_street.schema_name},
        {},
        3,
    )
    after = [(shape(superuser, ref.schema_name), rights(superuser, ref.schema_name))
             for ref in (street, other_street)]  # fmt: skip
    assert after == before
    with hall(street):
        assert log.publish(["desk"], Change("case.changed")) == {"desk": 1}


def test_a_hall_that_lacks_nothing_but_its_rights_gets_them_again(
    superuser: Server, street: HallRef
) -> None:
    schema, role = street.schema_name, f"hall_{street.schema_name}"
    before = rights(superuser, schema)
    for fault in (
        f"GRANT UPDATE, DELETE, TRUNCATE ON {schema}.cases_caseevent TO {role}",
        f"REVOKE SELECT ON {schema}.staff_post FROM {role}",
        f"REVOKE USAGE ON SCHEMA {schema} FROM {role}",
    ):
        superuser.execute(fault.encode())

    report = schemas.migrate_halls()

    assert (report.migrated, report.failed, report.up_to_date) == ([schema], {}, 4)
    assert rights(superuser, schema) == before
    assert self_check.faults() == []


def test_a_hall_that_fails_is_named_and_left_as_it_was_and_the_others_go_on(
    superuser: Server, street: HallRef, other_street: HallRef, city: HallRef
) -> None:
    before = shape(superuser, street.schema_name)
    forget(superuser, street)
    put_back(superuser, other_street)
    superuser.execute(f"DROP SCHEMA {city.schema_name} CASCADE".encode())

    report = schemas.migrate_halls()

    assert report.migrated == [other_street.schema_name]
    assert set(report.failed) == {street.schema_name, city.schema_name}
    assert 'relation "live_livetopic" already exists' in report.failed[street.schema_name]
    assert shape(superuser, street.schema_name) == before
    assert behind()[LIVE] == {"street"}


def test_a_run_can_be_repeated_until_all_are_there(superuser: Server, street: HallRef) -> None:
    forget(superuser, street)
    first = schemas.migrate_halls()
    put_back(superuser, street)  # what the operator does about the failure

    second, third = schemas.migrate_halls(), schemas.migrate_halls()

    assert list(first.failed) == second.migrated == [street.schema_name]
    assert (third.migrated, third.up_to_date) == ([], 5)


def test_an_error_of_a_migrations_own_code_stops_only_its_hall(
    superuser: Server,
    street: HallRef,
    other_street: HallRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A step in Python is applied directly and may raise anything."""
    put_back(superuser, street)
    put_back(superuser, other_street)
    real, calls = schema_sql.apply_directly, []

    def once_broken(plan: Any) -> None:
        calls.append(plan)
        if len(calls) == 1:
            raise KeyError("a row nobody thought of")
        real(plan)

    monkeypatch.setattr(schema_sql, "replayable", lambda plan: False)
    monkeypatch.setattr(schema_sql, "apply_directly", once_broken)

    report = schemas.migrate_halls()

    assert (len(report.migrated), len(report.failed)) == (1, 1)
    assert schemas.migrate_halls().migrated == list(report.failed)


def test_the_command_says_who_is_behind_and_then_nobody(
    superuser: Server, street: HallRef, capsys: pytest.CaptureFixture[str]
) -> None:
    put_back(superuser, street)

    statuses = [
        cli.main(["migrate", "--check"]),
        cli.main(["migrate"]),
        cli.main(["migrate", "--check"]),
    ]

    assert statuses == [1, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "1 halls behind",
        "1 halls migrated, 4 were up to date",
        "0 halls behind",
    ]


def test_the_command_fails_when_a_hall_does(
    superuser: Server, street: HallRef, capsys: pytest.CaptureFixture[str]
) -> None:
    forget(superuser, street)

    assert cli.main(["migrate"]) == 1
    assert capsys.readouterr().err.startswith(f"{street.schema_name}: relation")
