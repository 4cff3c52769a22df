"""A hall's keys: its own, wrapped, and readable by nobody else (security.md §4.2)."""

import pytest
from django.db import ProgrammingError, connection
from django.test import override_settings

from bancheng.kernel import keyring
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.hall import HallRef, hall
from tenants import keys
from tenants.models import HallKey

pytestmark = pytest.mark.django_db


def test_every_hall_has_keys_of_its_own(street: HallRef, other_street: HallRef) -> None:
    found = []
    for ref in (street, other_street, None):
        with hall(ref):
            found.append(keyring.keys())

    assert [each.schema_name for each in found] == [
        street.schema_name,
        other_street.schema_name,
        "public",
    ]
    secrets = {secret for each in found for secret in (each.data, each.index, each.audit)}
    assert len(secrets) == 9
    assert [(len(each.data), len(each.index), len(each.audit)) for each in found] == [
        (16, 32, 32)
    ] * 3


def test_a_halls_role_reads_its_own_key_row_and_no_other(
    street: HallRef, other_street: HallRef
) -> None:
    with hall(street):
        rows = list(HallKey.objects.values_list("hall_id", flat=True))

    assert rows == [street.id]


def test_nobody_reads_a_key_row(street: HallRef) -> None:
    with hall(None), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT * FROM tenants_hallkey")


@pytest.mark.parametrize(
    "attempt", ["UPDATE tenants_hallkey SET role = current_user", "DELETE FROM tenants_hallkey"]
)
def test_a_hall_cannot_change_key_rows(street: HallRef, attempt: str) -> None:
    with hall(street), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(attempt)


def test_the_database_holds_no_key_in_the_open(street: HallRef) -> None:
    with hall(street):
        row = HallKey.objects.get()
        plain = keyring.keys()

    for wrapped, secret in ((row.data, plain.data), (row.index, plain.index)):
        assert secret not in bytes(wrapped)
        assert len(bytes(wrapped)) == len(secret) + 29


def test_another_master_key_opens_nothing(street: HallRef) -> None:
    keys._unwrapped.cache_clear()

    with override_settings(MASTER_KEY="ff" * 16), hall(street), pytest.raises(CannotOpen):
        keyring.keys()


def test_a_master_key_that_is_too_short_is_refused() -> None:
    with override_settings(MASTER_KEY="ff" * 15), pytest.raises(ValueError, match="32 hex digits"):
        keys._master()
