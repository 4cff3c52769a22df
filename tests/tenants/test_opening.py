"""A new hall is complete, closed to others, and made entirely or not at all."""

from typing import Any

import psycopg
import pytest
from django.db import transaction

from apps.staff import queries
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, Level, hall
from tenants import directory, provisioning, schema_sql, schemas
from tenants.models import Hall, Network
from tenants.provisioning import HallExists, InvalidHall, NewHall, WrongParent
from tenants.schema_sql import OWNER
from tests.support.people import staff_in
from tests.tenants.catalogue import rights, shape, tables

Server = psycopg.Connection[Any]
NEW = NewHall("new", "新街道为民服务中心", Level.STREET, "new.localhost", division_code="330102001")
ALL = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def network(slug: str = "a") -> Network:
    return Network.objects.using(OWNER).get(slug=slug)


def below(ref: HallRef, **changes: Any) -> NewHall:
    values = {"slug": "new", "name": "新", "level": Level.STREET, "host": "new.localhost"}
    return NewHall(**(values | {"parent": ref.id} | changes))


def test_a_new_hall_has_what_the_migrations_alone_would_have_made(superuser: Server) -> None:
    made = provisioning.open_hall(network=network(), wanted=NEW)
    with transaction.atomic(using=OWNER):
        schema_sql.replay(["CREATE SCHEMA h_direct"])
        with schemas._inside("h_direct"):
            schema_sql.replay([schemas._MIGRATIONS_TABLE])
            schema_sql.apply_directly(schema_sql.wanted())

    replayed, direct = shape(superuser, made.schema_name), shape(superuser, "h_direct")

    assert len(direct["columns"]) > 100
    for kind in direct:
        assert replayed[kind] == direct[kind]
    recorded = "SELECT app, name FROM {}.django_migrations ORDER BY id"
    assert (
        superuser.execute(recorded.format(made.schema_name).encode()).fetchall()
        == superuser.execute(recorded.format("h_direct").encode()).fetchall()
        == list(schema_sql.wanted())
    )


def test_a_hall_is_small_and_stands_alone(superuser: Server, street: HallRef) -> None:
    """ADR 18: at most 50 tables and 260 relations, TOAST apart, no twin of an index for how a text
    begins; nothing points out of or into a schema."""
    counted = superuser.execute(
        "SELECT count(*) FILTER (WHERE relkind = 'r'), count(*),"
        " count(*) FILTER (WHERE reltoastrelid <> 0), count(*) FILTER (WHERE relname ~ '_like$')"
        " FROM pg_class WHERE relnamespace = %s::regnamespace",
        [street.schema_name],
    ).fetchone()
    crossing = superuser.execute(
        "SELECT conrelid::regclass, confrelid::regclass FROM pg_constraint k"
        " JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid"
        " WHERE contype = 'f' AND a.relnamespace <> b.relnamespace"
    ).fetchall()

    assert counted is not None
    assert counted[0] <= 50
    assert counted[1] <= 260
    assert counted[2] <= 45
    assert counted[3] == 0
    assert crossing == []


def test_only_the_halls_own_role_has_rights_and_history_can_only_grow(superuser: Server) -> None:
    made = provisioning.open_hall(network=network(), wanted=NEW)

    found = rights(superuser, made.schema_name)

    history = {table: ALL - {"UPDATE", "DELETE"} for table in schemas.history()}
    expected = dict.fromkeys(tables(superuser, made.schema_name), ALL) | history
    expected["django_migrations"] = {"SELECT"}
    assert {table: may for (table, role), may in found.items() if role == made.role} == expected
    assert {role for _, role in found} == {made.role, "bancheng_owner"}
    usage = superuser.execute(
        "SELECT rolname FROM pg_roles WHERE rolname ~ '^(hall_|bancheng_web)'"
        " AND has_schema_privilege(oid, %s, 'USAGE')",
        [made.schema_name],
    ).fetchall()
    assert usage == [(made.role,)]


def test_a_new_hall_is_found_and_works_at_once(superuser: Server, district: HallRef) -> None:
    assert directory.by_host("new.localhost") is None

    made = provisioning.open_hall(network=network(), wanted=below(district))

    ref = directory.by_host("new.localhost")
    assert ref is not None
    assert (ref.id, ref.schema_name, ref.parent_id) == (made.id, made.schema_name, district.id)
    assert (ref.network_name, ref.level) == ("云江市", Level.STREET)
    staff_in(ref, Role.DESK_OFFICER)
    with hall(ref):
        assert [post["roles"] for post in queries.posts()] == [["desk_officer"]]


def test_a_name_that_is_taken_is_refused_and_leaves_nothing(superuser: Server) -> None:
    provisioning.open_hall(network=network(), wanted=NEW)
    before = state(superuser)

    for taken in (
        NewHall("street", "x", Level.STREET, "x.localhost"),
        NewHall("x", "x", Level.STREET, "street.localhost"),
        NewHall("x", "x", Level.STREET, "x.localhost", division_code="330102001"),
    ):
        with pytest.raises(HallExists):
            provisioning.open_hall(network=network(), wanted=taken)
    with pytest.raises(HallExists):
        provisioning.open_hall(
            network=network("b"), wanted=NewHall("x", "x", Level.STREET, "street.localhost")
        )

    assert state(superuser) == before


def test_another_network_may_use_the_same_slug_and_division(superuser: Server) -> None:
    provisioning.open_hall(network=network(), wanted=NEW)
    same = NewHall("new", "新", Level.STREET, "elsewhere.localhost", division_code="330102001")

    made = provisioning.open_hall(network=network("b"), wanted=same)

    assert made.network_id == network("b").id


def test_a_hall_stands_below_a_higher_one_of_its_own_network(
    superuser: Server, city: HallRef, street: HallRef, stranger: HallRef
) -> None:
    before = state(superuser)

    for wrong in (
        below(street),
        below(street, level=Level.DISTRICT),
        below(city, level=Level.CITY),
        below(stranger, level=Level.STREET),
    ):
        with pytest.raises(WrongParent):
            provisioning.open_hall(network=network(), wanted=wrong)
    with pytest.raises(WrongParent):
        provisioning.open_hall(network=network("b"), wanted=below(city))
    assert state(superuser) == before

    branch = below(street, kind=Hall.Kind.BRANCH)
    assert provisioning.open_hall(network=network(), wanted=branch).parent_id == street.id


def test_what_no_address_or_column_can_hold_is_refused(superuser: Server) -> None:
    before = state(superuser)
    good = {"slug": "new", "name": "新", "level": Level.STREET, "host": "new.localhost"}
    wrong: list[tuple[str, Any]] = [
        ("slug", ""),
        ("slug", "New"),
        ("slug", "a b"),
        ("slug", "-a"),
        ("slug", "滨河"),
        ("slug", "a" * 41),
        ("host", ""),
        ("host", "New.localhost"),
        ("host", "a_b.localhost"),
        ("host", "new.localhost:8000"),
        ("name", " "),
        ("name", "新" * 101),
        ("name", "a\0"),
        ("division_code", "1" * 13),
    ]

    for field, value in wrong:
        with pytest.raises(InvalidHall) as refused:
            provisioning.open_hall(network=network(), wanted=NewHall(**(good | {field: value})))
        assert list(refused.value.params["errors"]) == [field]

    assert state(superuser) == before


def state(server: Server) -> tuple[set[str], set[str], int]:
    """Schemas, roles and number of halls."""
    schemas_ = {row[0] for row in server.execute("SELECT nspname FROM pg_namespace")}
    roles = {row[0] for row in server.execute("SELECT rolname FROM pg_roles")}
    return schemas_, roles, Hall.objects.using(OWNER).count()
