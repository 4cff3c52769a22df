"""A process that would serve halls wrongly does not start (security.md §8)."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.db import connections

from bancheng.config import cli, self_check
from bancheng.kernel.hall import HallRef, Level
from tenants import provisioning
from tenants.models import Hall, Network
from tenants.provisioning import NewHall
from tenants.schema_sql import OWNER

Server = psycopg.Connection[Any]


@pytest.fixture
def made(superuser: Server) -> Hall:
    """A hall whose role no other test shares: roles belong to the whole cluster."""
    network = Network.objects.using(OWNER).get(slug="a")
    wanted = NewHall("new", "新", Level.STREET, "new.localhost")
    return provisioning.open_hall(network=network, wanted=wanted)


@pytest.fixture
def as_owner(superuser: Server) -> Iterator[None]:
    """The serving alias signs in as the role that owns the tables."""
    serving, owner = connections.databases["default"], connections.databases["owner"]
    kept = {key: serving[key] for key in ("USER", "PASSWORD")}
    connections.close_all()
    serving.update({key: owner[key] for key in kept})
    yield
    connections.close_all()
    serving.update(kept)


def codes() -> list[str]:
    return [fault.code for fault in self_check.faults()]


def test_a_prepared_database_is_ready_to_serve(
    superuser: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert self_check.faults() == []
    self_check.require()

    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "ready to serve\n"


def test_the_owners_login_may_not_serve(as_owner: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes() == ["check.wrong_role"]

    assert cli.main(["check"]) == 1
    with pytest.raises(SystemExit) as refused:
        self_check.require()
    assert refused.value.code == 3
    assert "check.wrong_role: bancheng_owner must own nothing" in capsys.readouterr().err


def test_set_config_open_to_everybody_is_found(superuser: Server) -> None:
    superuser.execute("GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO PUBLIC")

    assert codes() == ["check.set_config"]


def test_a_hall_whose_rights_are_wrong_is_found(superuser: Server, made: Hall) -> None:
    role, schema = made.role, made.schema_name
    for fault, repair in (
        (f"REVOKE {role} FROM bancheng_web GRANTED BY bancheng_owner", ""),
        (f"ALTER ROLE {role} RENAME TO hall_h_lost", f"ALTER ROLE hall_h_lost RENAME TO {role}"),
        (f"REVOKE USAGE ON SCHEMA {schema} FROM {role}", ""),
        (f"REVOKE SELECT ON {schema}.staff_post FROM {role}", ""),
        (f"GRANT UPDATE ON {schema}.audit_auditentry TO {role}", ""),
        (f"GRANT TRUNCATE ON {schema}.audit_auditentry TO {role}", ""),
        (f"GRANT DELETE ON {schema}.cases_caseevent TO {role}", ""),
    ):
        superuser.execute(fault.encode())

        found = self_check.faults()

        superuser.execute((repair or _opposite(fault)).encode())
        assert {each.code for each in found} == {"check.grants"}
        assert {each.text.split()[0].rstrip(":") for each in found} == {schema}
    assert self_check.faults() == []


def _opposite(fault: str) -> str:
    if fault.startswith("REVOKE"):
        return fault.replace("REVOKE", "GRANT").replace(" FROM ", " TO ")
    return fault.replace("GRANT", "REVOKE").replace(" TO ", " FROM ")


def test_a_halls_table_in_the_shared_schema_is_found(superuser: Server, street: HallRef) -> None:
    superuser.execute("CREATE TABLE public.staff_post (id int)")

    assert codes() == ["check.shared_table"]


def test_connections_that_share_a_server_session_are_found(superuser: Server) -> None:
    """What a pooler in transaction mode does: two connections, one session behind them."""
    shared = connections.create_connection("default")

    with patch.object(connections, "create_connection", return_value=shared):
        found = codes()

    assert found == ["check.pooler"]


def test_a_database_that_cannot_be_asked_is_a_fault_and_not_a_crash(superuser: Server) -> None:
    superuser.execute("DROP FUNCTION hall_schemas()")

    assert codes() == ["check.database"]
