"""Finding a hall by its host: exactly one row, and no list of all (security.md §3.1)."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, current, hall
from tenants import directory
from tenants.models import Domain, Hall, Network

pytestmark = pytest.mark.django_db


def test_a_hall_is_found_by_host_schema_and_id(street: HallRef) -> None:
    found = [
        directory.by_host("street.localhost"),
        directory.by_host("STREET.localhost"),
        directory.by_schema(street.schema_name),
        directory.by_id(street.id),
    ]

    assert found == [street] * 4


@pytest.mark.parametrize(
    "host", ["", "localhost", "nowhere.localhost", "street.localhost.", "a' OR '1'='1", "%"]
)
def test_another_name_leads_nowhere(street: HallRef, host: str) -> None:
    assert directory.by_host(host) is None


def test_an_unknown_schema_or_id_is_not_found() -> None:
    with pytest.raises(NotFound):
        directory.by_schema("h_none")
    with pytest.raises(NotFound):
        directory.by_id(UUID(int=1))


def test_a_hall_is_asked_for_once_and_then_remembered(street: HallRef) -> None:
    directory.forget()
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            directory.by_host(street.host)
            directory.by_host("nowhere.localhost")

    assert len(seen) == 2


def test_looking_up_does_not_change_the_hall(street: HallRef, other_street: HallRef) -> None:
    directory.forget()
    with hall(street):
        directory.by_id(other_street.id)

        assert current.get() is street


@pytest.mark.parametrize("table", ["tenants_hall", "tenants_domain", "tenants_network"])
def test_nobody_reads_the_registry(street: HallRef, table: str) -> None:
    with hall(None), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(f"SELECT * FROM {table}")


def test_a_hall_sees_the_registry_of_its_own_network(street: HallRef, stranger: HallRef) -> None:
    with hall(street):
        halls = set(Hall.objects.values_list("slug", flat=True))
        hosts = Domain.objects.count()
        networks = list(Network.objects.values_list("name", flat=True))
    with hall(stranger):
        strangers = set(Hall.objects.values_list("slug", flat=True))

    assert (halls, hosts, networks) == ({"city", "district", "street", "other"}, 4, ["云江市"])
    assert strangers == {"stranger"}


def test_a_hall_sees_itself_and_what_is_below_in_figures(
    city: HallRef, district: HallRef, street: HallRef, other_street: HallRef
) -> None:
    seen = {}
    for ref in (city, district, street):
        with hall(ref), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM hall_visible(current_user::text)")
            seen[ref.slug] = {row[0] for row in cursor.fetchall()}

    streets = {street.id, other_street.id}
    assert seen == {
        "city": {city.id, district.id} | streets,
        "district": {district.id} | streets,
        "street": {street.id},
    }
